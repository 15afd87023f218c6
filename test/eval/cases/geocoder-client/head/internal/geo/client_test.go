package geo

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestReverse(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/reverse" || r.URL.Query().Get("lat") != "52.50000" {
			t.Errorf("asked for %s", r.URL)
		}
		_, _ = w.Write([]byte(`{"name":"Berlin","country":"DE"}`))
	}))
	defer server.Close()

	place, err := New(server.URL).Reverse(context.Background(), 52.5, 13.4)
	if err != nil || place.Name != "Berlin" {
		t.Errorf("place = %v, err = %v", place, err)
	}
}

func TestErrorNamesTheEndpoint(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	defer server.Close()

	_, err := New(server.URL).Search(context.Background(), "Ber")
	if err == nil || !strings.Contains(err.Error(), "/search with 404") {
		t.Errorf("err = %v", err)
	}
}
