// --- right programs that look wrong
package a

import (
	"errors"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

var safe = regexp.MustCompile(`^[a-z][a-z0-9-]{0,30}$`)
var commands = map[string]string{"list": "ls", "disk": "df"}

type Slug string

func parseSlug(s string) (Slug, error) {
	if !safe.MatchString(s) {
		return "", errors.New("slug")
	}
	return Slug(s), nil
}
func isSlug(s string) bool { return len(s) < 40 && safe.MatchString(s) }
func inside(name string) (string, error) {
	full := filepath.Join("/data", filepath.Clean("/"+name))
	if !strings.HasPrefix(full, "/data/") {
		return "", errors.New("outside")
	}
	return full, nil
}
func sh(c string) { exec.Command("sh", "-c", c).Run() }

func a1(w http.ResponseWriter, r *http.Request) {
	c, ok := commands[r.FormValue("c")]
	if !ok {
		return
	}
	sh(c)
}
func a2(w http.ResponseWriter, r *http.Request) {
	s, err := parseSlug(r.FormValue("s"))
	if err != nil {
		return
	}
	sh("cat " + string(s))
}
func a3(w http.ResponseWriter, r *http.Request) {
	s := r.FormValue("s")
	if !isSlug(s) {
		return
	}
	sh("cat " + s)
}
func a4(w http.ResponseWriter, r *http.Request) {
	full, err := inside(r.FormValue("name"))
	if err != nil {
		return
	}
	os.ReadFile(full)
}
func a5(w http.ResponseWriter, r *http.Request) {
	n, err := strconv.Atoi(r.FormValue("n"))
	if err != nil {
		return
	}
	sh("head -n " + strconv.Itoa(n))
}
func a6(w http.ResponseWriter, r *http.Request) {
	s := r.FormValue("s")
	if !slices.Contains([]string{"a", "b"}, s) {
		return
	}
	sh("cat " + s)
}
func a7(w http.ResponseWriter, r *http.Request) {
	switch s := r.FormValue("s"); s {
	case "a", "b":
		sh("cat " + s)
	}
}
func a8(w http.ResponseWriter, r *http.Request) {
	m := safe.FindString(r.FormValue("s"))
	if m == "" {
		return
	}
	sh("cat " + m)
}
func a9(w http.ResponseWriter, r *http.Request) {
	s := r.FormValue("s")
	if matched, _ := regexp.MatchString(`^[a-z]+$`, s); !matched {
		return
	}
	sh("cat " + s)
}
func a11(w http.ResponseWriter, r *http.Request) {
	s := r.FormValue("s")
	if s == "a" || s == "b" {
		sh("cat " + s)
	}
}
func a13(w http.ResponseWriter, r *http.Request) {
	exec.Command("cat", "--", r.FormValue("s")).Run()
}
