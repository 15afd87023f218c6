package delivery

import (
	"net"
	"net/http"
	"time"
)

const (
	dialTimeout    = 5 * time.Second
	attemptTimeout = 20 * time.Second
)

func newTransport(guard *Guard) *http.Transport {
	dialer := &net.Dialer{Timeout: dialTimeout, Control: guard.Control}
	return &http.Transport{
		DialContext:           dialer.DialContext,
		ForceAttemptHTTP2:     true,
		MaxIdleConns:          200,
		MaxIdleConnsPerHost:   4,
		IdleConnTimeout:       30 * time.Second,
		TLSHandshakeTimeout:   dialTimeout,
		ResponseHeaderTimeout: attemptTimeout,
	}
}
