package readings

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"
)

// LineError says which line, counted from 1, cannot be used.
type LineError struct {
	Line int
	Err  error
}

func (e *LineError) Error() string { return fmt.Sprintf("line %d: %v", e.Line, e.Err) }

func (e *LineError) Unwrap() error { return e.Err }

func Parse(body []byte, now time.Time) ([]Reading, error) {
	var out []Reading
	for i, line := range bytes.Split(bytes.TrimRight(body, "\n"), []byte("\n")) {
		var r Reading
		if err := json.Unmarshal(line, &r); err != nil {
			return nil, &LineError{Line: i + 1, Err: err}
		}
		if err := r.check(now); err != nil {
			return nil, &LineError{Line: i + 1, Err: err}
		}
		out = append(out, r)
	}
	return out, nil
}
