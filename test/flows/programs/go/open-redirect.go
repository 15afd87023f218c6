// --- net/http and gin: the target is the caller's
package main

import (
	"net/http"

	"github.com/gin-gonic/gin"
)

func login(w http.ResponseWriter, r *http.Request) {
	http.Redirect(w, r, r.URL.Query().Get("next"), http.StatusFound) // ! medium open-redirect
}

func ginLogin(c *gin.Context) {
	next := c.DefaultQuery("next", "/")
	c.Redirect(http.StatusFound, next) // ! medium open-redirect
}

// --- echo and fiber: the target is the caller's
package main

import (
	"net/http"

	"github.com/gofiber/fiber/v2"
	"github.com/labstack/echo/v4"
)

func echoLogin(c echo.Context) error {
	return c.Redirect(http.StatusSeeOther, c.FormValue("return_to")) // ! medium open-redirect
}

func fiberLogin(c *fiber.Ctx) error {
	return c.Redirect(c.Query("return_to")) // ! medium open-redirect
}

// --- a path of our own
package main

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/gorilla/mux"
)

func show(w http.ResponseWriter, r *http.Request) {
	http.Redirect(w, r, "/items/"+mux.Vars(r)["id"], http.StatusSeeOther)
	http.Redirect(w, r, "/login?next="+url.QueryEscape(r.URL.Path), http.StatusFound)
	http.Redirect(w, r, "https://"+r.Host+r.URL.String(), http.StatusMovedPermanently)
	next := r.FormValue("next")
	if !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") {
		next = "/"
	}
	http.Redirect(w, r, next, http.StatusFound)
}

// --- only the first slash is asked for
package main

import (
	"net/http"
	"strings"
)

func show(w http.ResponseWriter, r *http.Request) {
	next := r.FormValue("next")
	if !strings.HasPrefix(next, "/") {
		next = "/"
	}
	http.Redirect(w, r, next, http.StatusFound) // ! medium open-redirect
}

// --- a fixed list and a host that is compared
package main

import (
	"net/http"
	"net/url"
)

var targets = map[string]string{"home": "/", "help": "https://help.example.com"}

func show(w http.ResponseWriter, r *http.Request) {
	target, ok := targets[r.FormValue("to")]
	if !ok {
		target = "/"
	}
	http.Redirect(w, r, target, http.StatusFound)
}

func checked(w http.ResponseWriter, r *http.Request) {
	u, err := url.Parse(r.FormValue("to"))
	if err != nil || u.Host != "app.example.com" {
		http.Error(w, "bad target", http.StatusBadRequest)
		return
	}
	http.Redirect(w, r, u.String(), http.StatusFound)
}

// --- a cookie keeps the target
package main

import "net/http"

func callback(w http.ResponseWriter, r *http.Request) {
	c, err := r.Cookie("return_to")
	if err != nil {
		http.Redirect(w, r, "/", http.StatusFound)
		return
	}
	http.Redirect(w, r, c.Value, http.StatusFound) // ! medium open-redirect
}

// --- the Location header
package main

import "net/http"

func callback(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Location", r.FormValue("to")) // ! medium open-redirect
	w.WriteHeader(http.StatusFound)
}

func made(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Location", "/items/"+r.FormValue("id"))
	w.Header().Set("X-Request-Id", r.Header.Get("X-Request-Id"))
	w.WriteHeader(http.StatusCreated)
}

func begun(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Location", r.FormValue("at"))
	w.Header().Set("Range", "0-0")
	w.WriteHeader(http.StatusAccepted)
}

func begunElsewhere(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Location", r.FormValue("at")) // ! medium open-redirect
	w.WriteHeader(http.StatusSeeOther)
	log(w.Write([]byte("gone")))
}

// --- from the referring page and from the body
package main

import (
	"encoding/json"
	"net/http"
)

type body struct {
	RedirectURL string `json:"redirect_url"`
}

func back(w http.ResponseWriter, r *http.Request) {
	http.Redirect(w, r, r.Referer(), http.StatusFound)
}

func logout(w http.ResponseWriter, r *http.Request) {
	var b body
	if err := json.NewDecoder(r.Body).Decode(&b); err != nil {
		http.Error(w, "bad body", http.StatusBadRequest)
		return
	}
	http.Redirect(w, r, b.RedirectURL, http.StatusFound) // ! medium open-redirect
}

// --- a check of the project that returns early
package main

import (
	"net/http"
	"net/url"
)

func isSafeRedirect(target string) bool {
	u, err := url.Parse(target)
	return err == nil && !u.IsAbs() && u.Host == ""
}

func login(w http.ResponseWriter, r *http.Request) {
	next := r.FormValue("next")
	if !isSafeRedirect(next) {
		http.Error(w, "bad target", http.StatusBadRequest)
		return
	}
	http.Redirect(w, r, next, http.StatusFound)
}

// --- the host of an address is our own, and only its query and path come with the request
package main

import (
	"net/http"
	"path"
)

func (s *server) toGet(w http.ResponseWriter, r *http.Request) {
	public := s.config().PublicURL(r.Context())
	dest := *r.URL
	dest.Host = public.Host
	dest.Scheme = public.Scheme
	q := dest.Query()
	for key, values := range r.Form {
		q.Set(key, values[0])
	}
	dest.RawQuery = q.Encode()
	dest.Path = path.Join(public.Path, dest.Path)
	http.Redirect(w, r, dest.String(), http.StatusFound)
}

func (s *server) toOther(w http.ResponseWriter, r *http.Request) {
	dest := *r.URL
	dest.Host = r.URL.Query().Get("host") // ! high server-side-request-forgery
	dest.RawQuery = "a=b"
	http.Redirect(w, r, dest.String(), http.StatusFound) // ! medium open-redirect
}

// --- how a host ends says whose it is only behind a dot
package main

import (
	"net/http"
	"net/url"
	"strings"
)

func leave(w http.ResponseWriter, r *http.Request) {
	target := r.URL.Query().Get("url")
	u, err := url.Parse(target)
	if err != nil || !strings.HasSuffix(u.Host, "example.com") {
		http.Error(w, "host", http.StatusBadRequest)
		return
	}
	http.Redirect(w, r, target, http.StatusFound) // ! medium open-redirect
}

func go2(w http.ResponseWriter, r *http.Request) {
	target := r.URL.Query().Get("url")
	u, err := url.Parse(target)
	if err != nil || !strings.HasSuffix(u.Host, ".example.com") {
		http.Error(w, "host", http.StatusBadRequest)
		return
	}
	http.Redirect(w, r, target, http.StatusFound)
}

// --- how a whole address ends says nothing of its host
package main

import (
	"net/http"
	"strings"
)

func leave(w http.ResponseWriter, r *http.Request) {
	target := r.URL.Query().Get("url")
	if !strings.HasSuffix(target, ".example.com") {
		http.Error(w, "host", http.StatusBadRequest)
		return
	}
	http.Redirect(w, r, target, http.StatusFound) // ! medium open-redirect
}

// --- a Location with an answer that sends somebody there, and one that does not
package main

import "net/http"

func headFirst(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Location", r.FormValue("next")) // ! medium open-redirect
	if r.Method == "HEAD" {
		w.WriteHeader(200)
		return
	}
	w.WriteHeader(302)
}

func someStatus(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Location", r.FormValue("next")) // ! medium open-redirect
	if r.Method == "HEAD" {
		w.WriteHeader(http.StatusOK)
		return
	}
	w.WriteHeader(http.StatusFound)
}

func made(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Location", r.FormValue("at"))
	if r.Method == "PUT" {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	w.WriteHeader(http.StatusCreated)
}

func madeOrNot(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Location", r.FormValue("at"))
	if r.Method != "PUT" {
		w.WriteHeader(201)
		return
	}
	w.WriteHeader(http.StatusConflict)
}

// --- a default of a field leaves what others send in it; a value that is always set does not
package web

import (
	"encoding/json"
	"net/http"
)

type query struct {
	To string `json:"to"`
}

func orHome(w http.ResponseWriter, r *http.Request) {
	var q query
	if err := json.NewDecoder(r.Body).Decode(&q); err != nil {
		return
	}
	if q.To == "" {
		q.To = "/"
	}
	http.Redirect(w, r, q.To, http.StatusFound) // ! medium open-redirect
}

func home(w http.ResponseWriter, r *http.Request) {
	var q query
	if err := json.NewDecoder(r.Body).Decode(&q); err != nil {
		return
	}
	q.To = "/"
	http.Redirect(w, r, q.To, http.StatusFound)
}

// --- fasthttp: a header that leads elsewhere
package main

import "github.com/valyala/fasthttp"

func leave(ctx *fasthttp.RequestCtx) {
	next := string(ctx.QueryArgs().Peek("next"))
	ctx.Response.Header.Set("X-Next", next)
	ctx.Response.Header.Set("Location", next) // ! medium open-redirect
	ctx.Response.Header.Set("Location", "/done")
	ctx.SetStatusCode(302)
}

func main() {
	fasthttp.ListenAndServe("127.0.0.1:8080", leave)
}
