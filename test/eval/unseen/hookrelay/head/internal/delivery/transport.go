package delivery

import (
	"crypto/tls"
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

// newClientCertTransport serves one endpoint, so it keeps few connections.
func newClientCertTransport(pair tls.Certificate) *http.Transport {
	dialer := &net.Dialer{Timeout: dialTimeout, KeepAlive: 15 * time.Second}
	return &http.Transport{
		DialContext: dialer.DialContext,
		TLSClientConfig: &tls.Config{
			Certificates: []tls.Certificate{pair},
			MinVersion:   tls.VersionTLS12,
		},
		ForceAttemptHTTP2:     true,
		MaxIdleConns:          2,
		IdleConnTimeout:       30 * time.Second,
		TLSHandshakeTimeout:   dialTimeout,
		ResponseHeaderTimeout: attemptTimeout,
	}
}
