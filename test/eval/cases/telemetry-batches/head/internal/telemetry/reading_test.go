package telemetry

import "testing"

func TestParseReading(t *testing.T) {
	for name, test := range map[string]struct {
		data string
		ok   bool
	}{
		"a reading":       {`{"d":"6f1c0a52-4a0e-4ff7-9a3b-0d6a1f0f3c11","t":"2024-05-02T10:00:00Z","la":52.5,"lo":13.4,"c":4.5}`, true},
		"no temperature":  {`{"d":"6f1c0a52-4a0e-4ff7-9a3b-0d6a1f0f3c11","t":"2024-05-02T10:00:00Z","la":52.5,"lo":13.4}`, true},
		"past the pole":   {`{"d":"6f1c0a52-4a0e-4ff7-9a3b-0d6a1f0f3c11","t":"2024-05-02T10:00:00Z","la":91,"lo":13.4}`, false},
		"without a time":  {`{"d":"6f1c0a52-4a0e-4ff7-9a3b-0d6a1f0f3c11","la":52.5,"lo":13.4}`, false},
		"not JSON at all": {`hello`, false},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := parseReading([]byte(test.data)); (err == nil) != test.ok {
				t.Errorf("err = %v, want ok = %v", err, test.ok)
			}
		})
	}
}
