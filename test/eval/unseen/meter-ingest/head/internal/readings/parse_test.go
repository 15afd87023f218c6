package readings

import (
	"errors"
	"fmt"
	"strings"
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

func TestParseKeepsTheOrderOverChunks(t *testing.T) {
	var body strings.Builder
	for i := range 2*chunkLines + 7 {
		fmt.Fprintf(&body, `{"meter":"DE01","at":"2026-03-01T11:00:00Z","kwh":%d}`+"\n", i)
	}
	got, err := Parse([]byte(body.String()), now)
	if err != nil || len(got) != 2*chunkLines+7 {
		t.Fatalf("%d, %v", len(got), err)
	}
	for i, r := range got {
		if r.KWh != float64(i) {
			t.Fatalf("place %d: %v", i, r.KWh)
		}
	}
}

func TestParseNamesTheFirstBadLine(t *testing.T) {
	good := `{"meter":"DE01","at":"2026-03-01T11:00:00Z","kwh":1}`
	lines := make([]string, 3*chunkLines)
	for i := range lines {
		lines[i] = good
	}
	lines[chunkLines+2], lines[2*chunkLines] = "{}", "{}"
	_, err := Parse([]byte(strings.Join(lines, "\n")), now)
	var line *LineError
	if !errors.As(err, &line) || line.Line != chunkLines+3 {
		t.Fatalf("%v", err)
	}
}

func TestParseRefusesTooManyLines(t *testing.T) {
	if _, err := Parse([]byte(strings.Repeat("\n", maxLines)+"{}"), now); !errors.Is(err, errTooMany) {
		t.Fatalf("%v", err)
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
