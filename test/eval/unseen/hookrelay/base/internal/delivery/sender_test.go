package delivery

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"example.com/hookrelay/internal/endpoints"
)

func TestSendSigns(t *testing.T) {
	var got http.Header
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got = r.Header.Clone()
		_, _ = io.WriteString(w, "thanks")
	}))
	defer server.Close()

	s := &Sender{client: newClient(http.DefaultTransport), now: func() time.Time { return time.Unix(1000, 0) }}
	ep := endpoints.Endpoint{URL: server.URL, Secret: []byte("k")}
	res, err := s.Send(context.Background(), ep, "e1", []byte(`{}`))
	if err != nil || res.Status != 200 || res.Answer != "thanks" {
		t.Fatalf("%+v, %v", res, err)
	}
	if got.Get("Hookrelay-Signature") != sign([]byte("k"), "1000", []byte(`{}`)) {
		t.Error("signature differs")
	}
}
