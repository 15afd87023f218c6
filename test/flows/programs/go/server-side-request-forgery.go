// --- the whole address is the caller's
package main

import (
	"io"
	"net/http"
)

func fetch(w http.ResponseWriter, r *http.Request) {
	resp, err := http.Get(r.URL.Query().Get("url")) // ! high server-side-request-forgery
	if err != nil {
		http.Error(w, "failed", http.StatusBadGateway)
		return
	}
	defer resp.Body.Close()
	w.Header().Set("Content-Type", "application/octet-stream")
	io.Copy(w, resp.Body)
}

// --- a part of the path behind a fixed host
package main

import (
	"fmt"
	"net/http"
	"net/url"

	"github.com/go-chi/chi/v5"
)

const api = "https://api.example.com"

func fetch(w http.ResponseWriter, r *http.Request) {
	resp, err := http.Get("https://api.example.com/users/" + chi.URLParam(r, "id"))
	if err != nil {
		http.Error(w, "failed", http.StatusBadGateway)
		return
	}
	resp.Body.Close()
	resp, err = http.Get(fmt.Sprintf("%s/search?q=%s", api, url.QueryEscape(r.FormValue("q"))))
	if err != nil {
		http.Error(w, "failed", http.StatusBadGateway)
		return
	}
	resp.Body.Close()
}

// --- a client with a time-out, a request made first
package main

import (
	"context"
	"encoding/json"
	"net/http"
	"time"
)

type Webhook struct {
	client *http.Client
}

type registration struct {
	Target string `json:"target"`
}

func (h *Webhook) register(w http.ResponseWriter, r *http.Request) {
	var reg registration
	if err := json.NewDecoder(r.Body).Decode(&reg); err != nil {
		http.Error(w, "bad body", http.StatusBadRequest)
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), 5*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, reg.Target, nil)
	if err != nil {
		http.Error(w, "bad target", http.StatusBadRequest)
		return
	}
	resp, err := h.client.Do(req) // ! medium server-side-request-forgery
	if err != nil {
		http.Error(w, "failed", http.StatusBadGateway)
		return
	}
	resp.Body.Close()
}

// --- the host is one of a few
package main

import (
	"net/http"
	"net/url"

	"github.com/gin-gonic/gin"
)

var allowedHosts = map[string]bool{"images.example.com": true, "cdn.example.com": true}

func proxy(c *gin.Context) {
	target, err := url.Parse(c.Query("url"))
	if err != nil || !allowedHosts[target.Hostname()] {
		c.Status(http.StatusBadRequest)
		return
	}
	resp, err := http.Get(target.String())
	if err != nil {
		c.Status(http.StatusBadGateway)
		return
	}
	resp.Body.Close()
}

// --- the host comes from the configuration, the rest from the caller
package main

import (
	"net/http"
	"os"

	"github.com/gin-gonic/gin"
)

type Client struct {
	baseURL string
	http    *http.Client
}

func NewClient() *Client {
	return &Client{baseURL: os.Getenv("BILLING_URL"), http: http.DefaultClient}
}

func (c *Client) Invoice(id string) (*http.Response, error) {
	return c.http.Get(c.baseURL + "/invoices/" + id)
}

func handler(client *Client) gin.HandlerFunc {
	return func(c *gin.Context) {
		resp, err := client.Invoice(c.Param("id"))
		if err != nil {
			c.Status(http.StatusBadGateway)
			return
		}
		resp.Body.Close()
	}
}

// --- the host is a part of a name
package main

import (
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"
)

func tenant(c echo.Context) error {
	resp, err := http.Get(fmt.Sprintf("https://%s.example.com/status", c.QueryParam("tenant"))) // ! high server-side-request-forgery
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func check(c echo.Context) error {
	conn, err := net.DialTimeout("tcp", net.JoinHostPort(c.FormValue("host"), "443"), time.Second) // ! high server-side-request-forgery
	if err != nil {
		return err
	}
	return conn.Close()
}

func local(c echo.Context) error {
	conn, err := net.DialTimeout("tcp", "127.0.0.1:6379", time.Second)
	if err != nil {
		return err
	}
	return conn.Close()
}

// --- resty, fiber's client, a reverse proxy
package main

import (
	"net/http/httputil"
	"net/url"

	"github.com/go-resty/resty/v2"
	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/proxy"
)

func viaResty(c *fiber.Ctx) error {
	client := resty.New()
	resp, err := client.R().SetHeader("Accept", "application/json").Get(c.Query("url")) // ! high server-side-request-forgery
	if err != nil {
		return err
	}
	return c.Send(resp.Body())
}

func viaRestySafe(c *fiber.Ctx) error {
	client := resty.New().SetBaseURL("https://api.example.com")
	resp, err := client.R().SetQueryParam("id", c.Query("id")).Get("/items")
	if err != nil {
		return err
	}
	return c.Send(resp.Body())
}

func viaProxy(c *fiber.Ctx) error {
	return proxy.Do(c, c.Query("target")) // ! high server-side-request-forgery
}

func reverse(c *fiber.Ctx) error {
	target, err := url.Parse(c.Get("X-Target"))
	if err != nil {
		return err
	}
	_ = httputil.NewSingleHostReverseProxy(target) // ! high server-side-request-forgery
	return nil
}

// --- a check of the project
package main

import (
	"errors"
	"net"
	"net/http"
	"net/url"
)

func validateTarget(raw string) error {
	u, err := url.Parse(raw)
	if err != nil {
		return err
	}
	ips, err := net.LookupIP(u.Hostname())
	if err != nil {
		return err
	}
	for _, ip := range ips {
		if ip.IsPrivate() || ip.IsLoopback() {
			return errors.New("private address")
		}
	}
	return nil
}

func fetch(w http.ResponseWriter, r *http.Request) {
	target := r.URL.Query().Get("url")
	if err := validateTarget(target); err != nil {
		http.Error(w, "bad target", http.StatusBadRequest)
		return
	}
	resp, err := http.Get(target)
	if err != nil {
		http.Error(w, "failed", http.StatusBadGateway)
		return
	}
	resp.Body.Close()
}

// --- a service in another package fetches
// file: api/preview.go
package api

import (
	"net/http"

	"example.com/app/preview"
)

type API struct {
	previews *preview.Service
}

func (a *API) show(w http.ResponseWriter, r *http.Request) {
	if _, err := a.previews.Fetch(r.Context(), r.FormValue("link")); err != nil {
		http.Error(w, "failed", http.StatusBadGateway)
	}
}

// file: preview/service.go
package preview

import (
	"context"
	"io"
	"net/http"
)

type Service struct {
	client *http.Client
}

func (s *Service) Fetch(ctx context.Context, link string) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, link, nil)
	if err != nil {
		return nil, err
	}
	resp, err := s.client.Do(req) // ! high server-side-request-forgery
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body)
}

// --- a fixed list, a number, a switch
package main

import (
	"fmt"
	"net/http"
	"strconv"
)

var regions = map[string]string{"eu": "https://eu.example.com", "us": "https://us.example.com"}

func fetch(w http.ResponseWriter, r *http.Request) {
	base, ok := regions[r.FormValue("region")]
	if !ok {
		http.Error(w, "bad region", http.StatusBadRequest)
		return
	}
	http.Get(base + "/status")
	shard, err := strconv.Atoi(r.FormValue("shard"))
	if err != nil {
		http.Error(w, "bad shard", http.StatusBadRequest)
		return
	}
	http.Get(fmt.Sprintf("http://shard-%d.internal/status", shard))
}

// --- a transport: the request is the one that the program sends
package proxy

import "net/http"

type transport struct{ next http.RoundTripper }

func (t *transport) RoundTrip(request *http.Request) (*http.Response, error) {
	answer, err := http.Get("https://" + request.Host + "/token")
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	return t.next.RoundTrip(request)
}

// --- what signs the requests that this program sends is given none of a stranger
package registry

import "net/http"

type authorizer struct {
	client *http.Client
}

func (a *authorizer) Modify(req *http.Request) error {
	probe, err := http.NewRequest(http.MethodGet, req.URL.Scheme+"://"+req.URL.Host+"/v2/", nil)
	if err != nil {
		return err
	}
	resp, err := a.client.Do(probe)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// --- a helper that is given the request of a handler of its file
package registry

import "net/http"

type proxy struct {
	client *http.Client
}

func (p *proxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if err := p.probe(r); err != nil {
		http.Error(w, "down", http.StatusBadGateway)
	}
}

func (p *proxy) probe(r *http.Request) error {
	probe, err := http.NewRequest(http.MethodGet, r.FormValue("registry")+"/v2/", nil) // ! high server-side-request-forgery
	if err != nil {
		return err
	}
	resp, err := p.client.Do(probe)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// --- who asks is a user of the service, who sets up what it calls; a part of an address that any user names
package main

import (
	"encoding/json"
	"net/http"
)

type feed struct {
	URL string `json:"url"`
}

func add(w http.ResponseWriter, r *http.Request) {
	if currentUser(r) == nil {
		http.Error(w, "who?", http.StatusUnauthorized)
		return
	}
	var f feed
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<16)).Decode(&f); err != nil {
		http.Error(w, "bad body", http.StatusBadRequest)
		return
	}
	resp, err := http.Get(f.URL) // ! low server-side-request-forgery
	if err != nil {
		http.Error(w, "failed", http.StatusBadGateway)
		return
	}
	resp.Body.Close()
}

func status(w http.ResponseWriter, r *http.Request) {
	if currentUser(r) == nil {
		http.Error(w, "who?", http.StatusUnauthorized)
		return
	}
	resp, err := http.Get("https://" + r.FormValue("region") + ".example.com/status") // ! medium server-side-request-forgery
	if err != nil {
		http.Error(w, "failed", http.StatusBadGateway)
		return
	}
	resp.Body.Close()
}
// --- an address that the program has signed before
package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
)

func proxy(w http.ResponseWriter, r *http.Request) {
	given, _ := base64.URLEncoding.DecodeString(r.FormValue("mac"))
	address, err := base64.URLEncoding.DecodeString(r.FormValue("url"))
	if err != nil {
		return
	}
	mac := hmac.New(sha256.New, signingKey)
	mac.Write(address)
	if !hmac.Equal(given, mac.Sum(nil)) {
		http.Error(w, "no", 403)
		return
	}
	http.Get(string(address))
}
// --- another address than the one that was signed, and a key that the caller gives
package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"net/http"
)

func proxy(w http.ResponseWriter, r *http.Request) {
	mac := hmac.New(sha256.New, signingKey)
	mac.Write([]byte(r.FormValue("id")))
	if !hmac.Equal([]byte(r.FormValue("mac")), mac.Sum(nil)) {
		return
	}
	http.Get(r.FormValue("url")) // ! high server-side-request-forgery
}

func own(w http.ResponseWriter, r *http.Request) {
	address := r.FormValue("url")
	mac := hmac.New(sha256.New, []byte(r.FormValue("key")))
	mac.Write([]byte(address))
	if !hmac.Equal([]byte(r.FormValue("mac")), mac.Sum(nil)) {
		return
	}
	http.Get(address) // ! high server-side-request-forgery
}

// --- the transport connects to no address of one's own network, whatever a comment says of another one
package main

import (
	"net/http"

	"example.com/app/safehttp"
)

func image(w http.ResponseWriter, r *http.Request) {
	client := http.Client{Transport: safehttp.Transport()}
	req, err := http.NewRequest(http.MethodGet, r.FormValue("src"), nil)
	if err != nil {
		http.Error(w, "bad address", http.StatusBadRequest)
		return
	}
	resp, err := client.Do(req)
	if err != nil {
		http.Error(w, "failed", http.StatusBadGateway)
		return
	}
	resp.Body.Close()
}

// --- a comment alone is no transport
package main

import "net/http"

// Who calls this has a client that is safe from SSRF.
func image(w http.ResponseWriter, r *http.Request) {
	resp, err := http.Get(r.FormValue("src")) // ! high server-side-request-forgery
	if err != nil {
		http.Error(w, "failed", http.StatusBadGateway)
		return
	}
	resp.Body.Close()
}
// --- a word in a comment or a text is no client that takes care
package main

import "net/http"

func get(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("X-Note", "ssrf: ip.IsPrivate()")
	http.Get(r.FormValue("url")) // ! high server-side-request-forgery
	// TODO ssrf
}

// --- a proxy that goes where the request says
package main

import (
	"net/http"
	"net/http/httputil"
	"net/url"
)

func handler(w http.ResponseWriter, r *http.Request) {
	p := &httputil.ReverseProxy{Rewrite: func(pr *httputil.ProxyRequest) {
		u, _ := url.Parse(pr.In.URL.Query().Get("to"))
		pr.SetURL(u) // ! high server-side-request-forgery
	}}
	p.ServeHTTP(w, r)
}

// --- a proxy with one server behind it
package main

import (
	"net/http"
	"net/http/httputil"
	"net/url"
)

func handler(w http.ResponseWriter, r *http.Request) {
	u, _ := url.Parse("http://backend:80")
	p := &httputil.ReverseProxy{Rewrite: func(pr *httputil.ProxyRequest) {
		pr.SetURL(u)
		pr.SetXForwarded()
	}}
	p.ServeHTTP(w, r)
}

// --- such a proxy takes the path of the request along
package main

import (
	"net/http"
	"net/http/httputil"
	"net/url"
)

func handler(w http.ResponseWriter, r *http.Request) {
	p := &httputil.ReverseProxy{Rewrite: func(pr *httputil.ProxyRequest) {
		pr.Out.Host = pr.In.Host
		pr.SetURL(&url.URL{Scheme: "http", Host: "backend", Path: pr.In.URL.Path})
	}}
	p.ServeHTTP(w, r)
}
