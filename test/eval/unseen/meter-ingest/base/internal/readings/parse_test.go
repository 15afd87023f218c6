package readings

import (
	"errors"
	"testing"
	"time"
)

var now = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func TestParse(t *testing.T) {
	got, err := Parse([]byte(`{"meter":"DE01","at":"2026-03-01T11:00:00Z","kwh":12.5}`+"\n"), now)
	if err != nil || len(got) != 1 || got[0].KWh != 12.5 {
		t.Fatalf("%v, %v", got, err)
	}
}

func TestParseNamesTheLine(t *testing.T) {
	body := `{"meter":"DE01","at":"2026-03-01T11:00:00Z","kwh":1}` + "\n" + `{"meter":"x"}`
	_, err := Parse([]byte(body), now)
	var line *LineError
	if !errors.As(err, &line) || line.Line != 2 {
		t.Fatalf("%v", err)
	}
}
