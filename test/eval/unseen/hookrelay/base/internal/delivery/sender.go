package delivery

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"example.com/hookrelay/internal/endpoints"
)

const answerLimit = 1024

type Result struct {
	Status int
	Answer string
}

type Sender struct {
	client *http.Client
	now    func() time.Time
}

func NewSender(guard *Guard) *Sender {
	return &Sender{client: newClient(newTransport(guard)), now: time.Now}
}

func newClient(transport http.RoundTripper) *http.Client {
	return &http.Client{
		Transport: transport,
		Timeout:   attemptTimeout,
		CheckRedirect: func(*http.Request, []*http.Request) error {
			return http.ErrUseLastResponse
		},
	}
}

func (s *Sender) Send(ctx context.Context, ep endpoints.Endpoint, eventID string, body []byte) (Result, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, ep.URL, bytes.NewReader(body))
	if err != nil {
		return Result{}, err
	}
	stamp := strconv.FormatInt(s.now().Unix(), 10)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Hookrelay-Event", eventID)
	req.Header.Set("Hookrelay-Time", stamp)
	req.Header.Set("Hookrelay-Signature", sign(ep.Secret, stamp, body))

	res, err := s.client.Do(req)
	if err != nil {
		return Result{}, err
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(res.Body, answerLimit))
	if err != nil {
		return Result{}, err
	}
	return Result{Status: res.StatusCode, Answer: strings.ToValidUTF8(string(answer), "?")}, nil
}

func sign(secret []byte, stamp string, body []byte) string {
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte(stamp))
	mac.Write([]byte{'.'})
	mac.Write(body)
	return hex.EncodeToString(mac.Sum(nil))
}
