package fleet

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"
)

const (
	settleTime = 2 * time.Minute // for what travels by events when everything is there
	lookAgain  = 300 * time.Millisecond
)

// Settle waits until nothing waits, three looks in a row, since what is handled makes new events. Waiting says what does.
func Settle(ctx context.Context, waiting func(context.Context) error) (err error) {
	ctx, cancel := context.WithTimeout(ctx, settleTime)
	defer cancel()
	for calm := 0; calm < 3; {
		switch e := waiting(ctx); {
		case e == nil:
			calm++
		case ctx.Err() == nil:
			calm, err = 0, e
		}
		select {
		case <-time.After(lookAgain):
		case <-ctx.Done():
			return fmt.Errorf("it does not settle in %s: %w", settleTime, errors.Join(err, ctx.Err()))
		}
	}
	return nil
}

// Idle wants the agrovet at url to be well, and no event to wait in its outboxes or to be parked.
func Idle(ctx context.Context, url string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url+"/health/detailed/", nil)
	if err != nil {
		return err
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	var h health
	if err := json.NewDecoder(res.Body).Decode(&h); err != nil || res.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s %v (%w)", url, res.Status, h.Checks, err)
	}
	return h.idle(url)
}

// health is what is read of the answer.
type health struct {
	Checks  map[string]string
	Details struct {
		Events struct {
			Feeds         map[string]struct{ Backlog int64 }
			Subscriptions map[string]struct{ Parked int64 }
		}
	}
}

func (h health) idle(url string) error {
	for feed, f := range h.Details.Events.Feeds {
		if f.Backlog > 0 {
			return fmt.Errorf("%s: %d events wait in %s", url, f.Backlog, feed)
		}
	}
	for sub, s := range h.Details.Events.Subscriptions {
		if s.Parked > 0 {
			return fmt.Errorf("%s: %d events are parked in %s", url, s.Parked, sub)
		}
	}
	return nil
}
