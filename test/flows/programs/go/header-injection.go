// --- a header that browsers and proxies obey
package main

import "net/http"

func download(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", r.FormValue("type"))                           // ! medium header-injection
	w.Header().Set("X-Accel-Redirect", "/files/"+r.URL.Query().Get("file"))       // ! medium header-injection
	w.Header().Add("Set-Cookie", "theme="+r.FormValue("theme")+"; Path=/")        // ! medium header-injection
	w.Header().Set("Content-Security-Policy", "frame-ancestors "+r.FormValue("a")) // ! medium header-injection
	w.WriteHeader(http.StatusOK)
}

// --- its name
package main

import "net/http"

func flag(w http.ResponseWriter, r *http.Request) {
	w.Header().Set(r.FormValue("name"), "on") // ! medium header-injection
	w.WriteHeader(http.StatusNoContent)
}

// --- by gin
package main

import "github.com/gin-gonic/gin"

func show(c *gin.Context) {
	c.Header("Content-Type", c.Query("type")) // ! medium header-injection
	c.Header(c.Query("name"), "1")            // ! medium header-injection
	c.Status(204)
}

// --- nobody obeys it, it is one of a list, or it was checked
package main

import (
	"mime"
	"net/http"
	"path/filepath"
	"strconv"
)

var types = map[string]string{"csv": "text/csv", "json": "application/json"}

func download(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("X-Request-Id", r.Header.Get("X-Request-Id"))
	w.Header().Set("X-Page", r.FormValue("page"))
	w.Header().Set("Content-Type", types[r.FormValue("format")])
	w.Header().Set("Content-Type", mime.TypeByExtension(filepath.Ext(r.FormValue("file"))))
	n, err := strconv.Atoi(r.FormValue("after"))
	if err != nil {
		http.Error(w, "after", http.StatusBadRequest)
		return
	}
	w.Header().Set("Refresh", strconv.Itoa(n))
	w.WriteHeader(http.StatusOK)
}

// --- only some values are let through
package main

import "net/http"

func download(w http.ResponseWriter, r *http.Request) {
	kind := r.FormValue("type")
	if kind != "text/csv" && kind != "application/json" {
		http.Error(w, "type", http.StatusBadRequest)
		return
	}
	w.Header().Set("Content-Type", kind)
	w.WriteHeader(http.StatusOK)
}

// --- what is asked of another service
package main

import "net/http"

func forward(r *http.Request) (*http.Response, error) {
	req, err := http.NewRequestWithContext(r.Context(), "GET", "https://shop.example.com/orders", nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", r.Header.Get("Content-Type"))
	return http.DefaultClient.Do(req)
}
