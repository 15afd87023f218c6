// --- what is decoded after its check is another text
package a

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
)

func a(w http.ResponseWriter, r *http.Request) {
	name := r.FormValue("name")
	if strings.Contains(name, "..") {
		return
	}
	plain, err := url.QueryUnescape(name)
	if err != nil {
		return
	}
	data, _ := os.ReadFile("/data/" + plain) // ! high path-traversal
	w.Header().Set("Content-Type", "text/plain")
	w.Write(data)
}

func b(w http.ResponseWriter, r *http.Request) {
	name := filepath.Base(r.FormValue("name"))
	plain, _ := url.PathUnescape(name)
	data, _ := os.ReadFile("/data/" + plain) // ! high path-traversal
	w.Header().Set("Content-Type", "text/plain")
	w.Write(data)
}

func c(w http.ResponseWriter, r *http.Request) {
	name := r.FormValue("name")
	if strings.Contains(name, "..") {
		return
	}
	plain, _ := base64.StdEncoding.DecodeString(name)
	data, _ := os.ReadFile("/data/" + string(plain)) // ! high path-traversal
	w.Header().Set("Content-Type", "text/plain")
	w.Write(data)
}

func d(w http.ResponseWriter, r *http.Request) {
	name, _ := url.QueryUnescape(r.FormValue("name"))
	if strings.Contains(name, "..") {
		return
	}
	data, _ := os.ReadFile("/data/" + name)
	w.Header().Set("Content-Type", "text/plain")
	w.Write(data)
}
