package readings

import (
	"errors"
	"regexp"
	"time"
)

// Reading is the state of a meter at a time.
type Reading struct {
	Meter string    `json:"meter"`
	At    time.Time `json:"at"`
	KWh   float64   `json:"kwh"`
}

var meterName = regexp.MustCompile(`^[A-Z0-9]{4,20}$`)

func (r Reading) check(now time.Time) error {
	switch {
	case !meterName.MatchString(r.Meter):
		return errors.New("meter is not a meter number")
	case r.At.IsZero() || r.At.After(now.Add(time.Hour)):
		return errors.New("at is missing or in the future")
	case r.KWh < 0:
		return errors.New("kwh is negative")
	}
	return nil
}
