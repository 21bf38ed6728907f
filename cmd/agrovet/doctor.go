package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"
)

func doctorCommand() *cobra.Command {
	var address string
	c := &cobra.Command{
		Use:   "doctor",
		Short: "Say in words what is wrong with this installation and what to do",
		Long: `Say in words what is wrong with this installation and what to do. Nothing is changed, and agrovet may run.

With --url, the address at which others reach it is asked too: its certificate, what answers there, and the clock.

Exit status: 0 when all is well or only warnings were found, 1 otherwise.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, args []string) error {
			return withSettings(func(ctx context.Context, s *settings) error {
				return doctor(ctx, c.OutOrStdout(), s.Config, address)
			})(c, args)
		},
	}
	c.Flags().StringVar(&address, "url", "", "address at which others reach agrovet, such as https://agro.example")
	return c
}

// finding is what the doctor says about one part.
type finding struct {
	part   string
	wrong  bool // else a warning, when there is advice, or fine
	says   string
	advice string
}

func (f finding) String() string {
	mark := "ok     "
	switch {
	case f.wrong:
		mark = "WRONG  "
	case f.advice != "":
		mark = "warning"
	}
	text := fmt.Sprintf("%s  %-12s %s", mark, f.part, f.says)
	if f.advice != "" {
		text += "\n         → " + f.advice
	}
	return text
}

var errUnwell = errors.New("something is wrong: see above")

// examineTime bounds each question to something that may not answer.
const examineTime = 10 * time.Second

func doctor(ctx context.Context, out io.Writer, cfg Config, address string) error {
	findings := []finding{{part: "configuration", says: "valid; `agrovet config` shows it"}}
	findings = append(findings, examineMachine(ctx, cfg)...)
	findings = append(findings, examineDatabases(ctx, cfg)...)
	findings = append(findings, examineRedis(ctx, cfg)...)
	findings = append(findings, examineKafka(ctx, cfg)...)
	findings = append(findings, examineOriginal(ctx, cfg)...)
	findings = append(findings, examineBackups(cfg)...)
	findings = append(findings, examineAddress(ctx, address)...)
	unwell := false
	for _, f := range findings {
		fmt.Fprintln(out, f)
		unwell = unwell || f.wrong
	}
	if unwell {
		return errUnwell
	}
	return nil
}

// clockSkew is how much two clocks may differ before the doctor warns: codes and signed links live for minutes.
const clockSkew = 5 * time.Second

// examineClock compares this machine's clock with another's, which was asked between two looks at this one.
func examineClock(whose string, before, theirs, after time.Time) finding {
	f := finding{part: "clock", says: "agrees with " + whose}
	mine := before.Add(after.Sub(before) / 2)
	if off := theirs.Sub(mine).Abs(); off > clockSkew+after.Sub(before) {
		f.says = fmt.Sprintf("%s says %s and this machine %s", whose, theirs.UTC().Format(time.DateTime), mine.UTC().Format(time.DateTime))
		f.advice = "have both keep time by NTP: codes, sessions and signed links end by the clock"
	}
	return f
}
