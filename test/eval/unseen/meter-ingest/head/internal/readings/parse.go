package readings

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"
)

const (
	chunkLines = 4000
	maxLines   = 100_000
)

var errTooMany = errors.New("too many lines")

// LineError says which line, counted from 1, cannot be used.
type LineError struct {
	Line int
	Err  error
}

func (e *LineError) Error() string { return fmt.Sprintf("line %d: %v", e.Line, e.Err) }

func (e *LineError) Unwrap() error { return e.Err }

// Parse reads the chunks of a body side by side. The order of lines is kept.
func Parse(body []byte, now time.Time) ([]Reading, error) {
	body = bytes.TrimRight(body, "\n")
	if bytes.Count(body, []byte("\n")) >= maxLines {
		return nil, &LineError{Line: maxLines + 1, Err: errTooMany}
	}
	lines := bytes.Split(body, []byte("\n"))
	out := make([]Reading, len(lines))
	errs := make([]*LineError, (len(lines)+chunkLines-1)/chunkLines)

	var wg sync.WaitGroup
	for chunk := range errs {
		wg.Add(1)
		go func() {
			defer wg.Done()
			first := chunk * chunkLines
			last := min(first+chunkLines, len(lines))
			errs[chunk] = parseLines(lines[first:last], out[first:last], first, now)
		}()
	}
	wg.Wait()

	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// parseLines fills out and returns the first error; before is the number of lines before these.
func parseLines(lines [][]byte, out []Reading, before int, now time.Time) *LineError {
	for i, line := range lines {
		if err := json.Unmarshal(line, &out[i]); err != nil {
			return &LineError{Line: before + i + 1, Err: err}
		}
		if err := out[i].check(now); err != nil {
			return &LineError{Line: before + i + 1, Err: err}
		}
	}
	return nil
}
