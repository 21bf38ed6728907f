package redisx

import (
	"context"
	"errors"
	"slices"
	"time"
)

// Fail says that Redis did not do what it had to: it is away until it does.
func (s *Server) Fail(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ctx.Err() != nil || s.away.Swap(true) {
		return
	}
	s.since, s.unsettled = time.Now(), true
	s.log.Warn("Redis is away: this process goes on with its memory", "error", err)
	s.work.Go(s.seek)
}

// WhileAway does something at once if Redis is away, and says whether it is. What was done is seen by what
// [Server.Returning] has done before Redis is used again.
func (s *Server) WhileAway(do func()) bool {
	if !s.away.Load() {
		return false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.away.Load() {
		return false
	}
	s.unsettled = true
	do()
	return true
}

// seek tries until Redis is there again.
func (s *Server) seek() {
	for pause := firstProbe; !s.back(); pause = min(2*pause, slowestTry) {
		select {
		case <-time.After(pause):
		case <-s.ctx.Done():
			return
		}
		if err := s.probe(); err != nil {
			s.log.Debug("Redis is still away", "error", err)
		}
	}
}

// back ends that Redis is away, when all is settled.
func (s *Server) back() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.unsettled {
		return false
	}
	s.away.Store(false)
	s.log.Info("Redis is back", "after", time.Since(s.since).Round(time.Millisecond))
	return true
}

// probe writes, in both databases, and settles what happened meanwhile.
func (s *Server) probe() (err error) {
	s.mu.Lock()
	s.unsettled = false
	returning := slices.Clone(s.returning)
	s.mu.Unlock()
	defer func() {
		if err != nil {
			s.WhileAway(func() {})
		}
	}()
	ctx, cancel := context.WithTimeout(context.WithValue(s.ctx, through{}, true), settleIn)
	defer cancel()
	const key = "cache:probe"
	err = errors.Join(s.Main.Set(ctx, key, "", time.Minute).Err(), s.Cache.Set(ctx, key, "", time.Minute).Err())
	for _, settle := range returning {
		if err != nil {
			return err
		}
		err = settle(ctx)
	}
	return err
}
