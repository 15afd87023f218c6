// --- arguments, the environment and the input of a program, in a shell and in a statement
package main

import (
	"bufio"
	"database/sql"
	"flag"
	"fmt"
	"os"
	"os/exec"
)

var target = flag.String("t", "", "")

func main() {
	flag.Parse()
	db, _ := sql.Open("postgres", "x")
	exec.Command("sh", "-c", "ls "+os.Args[1]).Run()     // ! low command-injection
	exec.Command("bash", "-c", "ping "+*target).Run()    // ! low command-injection
	exec.Command("sh", "-c", os.Getenv("TOOL")+" x").Run() // ! low command-injection
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		exec.Command("sh", "-c", "echo "+lines.Text()).Run() // ! low command-injection
	}
	db.Query("SELECT * FROM t WHERE n = '" + os.Args[1] + "'")                // ! low sql-injection
	db.Query(fmt.Sprintf("SELECT * FROM t WHERE n = '%s'", flag.Arg(0)))       // ! low sql-injection
}

// --- what an operator may choose, and a base address of his
package main

import (
	"database/sql"
	"net/http"
	"os"
	"os/exec"
	"strings"
)

func main() {
	db, _ := sql.Open("postgres", os.Getenv("DSN"))
	exec.Command(os.Getenv("EDITOR"), "x").Run()
	exec.Command(os.Args[0], os.Args[1:]...).Run()
	exec.Command("ls", os.Args[1]).Run()
	os.Open(os.Args[1])
	http.Get(os.Getenv("URL") + "/x")
	db.Query("SELECT * FROM t WHERE n = $1", os.Args[1])
	db.Exec("CREATE DATABASE " + os.Getenv("NAME"))
	exec.Command("sh", "-c", os.Args[1]).Run()
	db.Exec(os.Args[2])
}

func handle(w http.ResponseWriter, r *http.Request) {
	http.Get(os.Getenv("BASE") + r.URL.Query().Get("path"))
	http.Get(os.Getenv("BASE") + "/users/" + r.URL.Query().Get("name"))
	host := r.FormValue("host")
	allowed := strings.Split(os.Getenv("ALLOWED"), ",")
	for _, one := range allowed {
		if host == one {
			http.Get("http://" + host)
		}
	}
}

// --- what a connection sends
package main

import (
	"bufio"
	"net"
	"os/exec"
)

func main() {
	listener, _ := net.Listen("tcp", ":1")
	for {
		conn, err := listener.Accept()
		if err != nil {
			continue
		}
		go serve(conn)
	}
}

func serve(conn net.Conn) {
	line, _ := bufio.NewReader(conn).ReadString('\n')
	exec.Command("sh", "-c", "echo "+line).Run() // ! critical command-injection
	buffer := make([]byte, 100)
	n, _ := conn.Read(buffer)
	command := &exec.Cmd{Path: string(buffer[:n])} // ! critical command-injection
	command.Run()
}

// --- what we ask a server of ours
package main

import (
	"bufio"
	"net"
	"os/exec"
)

func ask() {
	conn, _ := net.Dial("tcp", "localhost:1")
	line, _ := bufio.NewReader(conn).ReadString('\n')
	exec.Command("echo", line).Run()
	command := &exec.Cmd{Path: "/bin/ls", Args: []string{"ls", line}}
	command.Run()
}

// --- requests that are made by hand, a proxy, a mail
package main

import (
	"net/http"
	"net/http/httputil"
	"net/smtp"
	"net/url"
)

func proxy(w http.ResponseWriter, r *http.Request) {
	address, _ := url.Parse(r.URL.Query().Get("target"))
	request := &http.Request{Method: "GET", URL: address} // ! high server-side-request-forgery
	http.DefaultClient.Do(request)
	back := &httputil.ReverseProxy{Director: func(out *http.Request) {
		out.URL.Host = r.URL.Query().Get("host") // ! high server-side-request-forgery
	}}
	back.ServeHTTP(w, r)
}

func invite(r *http.Request) {
	to := r.FormValue("to")
	text := "To: " + to + "\r\nSubject: Hello\r\n\r\nWelcome" // ! medium header-injection
	smtp.SendMail("mail:25", nil, "a@example.org", []string{to}, []byte(text))
}

// --- a proxy to one of our own, a mail whose text alone is theirs
package main

import (
	"net/http"
	"net/http/httputil"
	"net/smtp"
	"net/url"
)

var ours, _ = url.Parse("http://backend:8080")

func proxy(w http.ResponseWriter, r *http.Request) {
	back := &httputil.ReverseProxy{Director: func(out *http.Request) {
		out.URL.Scheme = "http"
		out.URL.Host = ours.Host
		out.URL.Path = "/v1" + r.URL.Path
	}}
	back.ServeHTTP(w, r)
	request := &http.Request{Method: "GET", URL: ours}
	http.DefaultClient.Do(request)
}

func invite(r *http.Request) {
	text := "To: a@example.org\r\nSubject: Hello\r\n\r\n" + r.FormValue("text")
	smtp.SendMail("mail:25", nil, "a@example.org", []string{"a@example.org"}, []byte(text))
}

// --- more frameworks
package main

import (
	"os/exec"

	"github.com/beego/beego/v2/server/web"
	"github.com/gocolly/colly"
	"github.com/kataras/iris/v12"
)

type MainController struct{ web.Controller }

func (c *MainController) Get() {
	exec.Command("sh", "-c", c.GetString("x")).Run() // ! critical command-injection
	c.Redirect(c.GetString("next"), 302)             // ! medium open-redirect
}

func routes() {
	app := iris.New()
	app.Get("/a", func(ctx iris.Context) {
		exec.Command("sh", "-c", ctx.URLParam("x")).Run() // ! critical command-injection
		ctx.HTML("<p>" + ctx.URLParam("name") + "</p>")   // ! high reflected-html
		ctx.Redirect(ctx.URLParam("next"))                // ! medium open-redirect
		crawler := colly.NewCollector()
		crawler.Visit(ctx.URLParam("url")) // ! high server-side-request-forgery
	})
}

// --- more frameworks, with values of their own
package main

import (
	"os/exec"
	"strconv"

	"github.com/beego/beego/v2/server/web"
	"github.com/kataras/iris/v12"
)

type MainController struct{ web.Controller }

func (c *MainController) Get() {
	id, _ := c.GetInt("id")
	exec.Command("sh", "-c", "show "+strconv.Itoa(id)).Run()
	c.Redirect("/login", 302)
}

func routes() {
	app := iris.New()
	app.Get("/a", func(ctx iris.Context) {
		exec.Command("show", ctx.URLParam("x")).Run()
		ctx.JSON(ctx.URLParam("name"))
		ctx.Redirect("/users/" + strconv.Itoa(ctx.URLParamIntDefault("id", 1)))
	})
}

// --- arguments that are appended, a buffer that is read into
package main

import (
	"bytes"
	"encoding/xml"
	"io"
	"net/http"
	"os/exec"
)

type Job struct{ Command string }

func run(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	var job Job
	if err := xml.Unmarshal(body, &job); err != nil {
		return
	}
	exec.Command("sh", append([]string{"-c"}, job.Command)...).Run() // ! critical command-injection
	var text bytes.Buffer
	text.ReadFrom(r.Body)
	exec.CommandContext(r.Context(), "bash", "-c", text.String()).Run() // ! critical command-injection
}

// --- arguments that are appended to a program without a shell
package main

import (
	"bytes"
	"net/http"
	"os/exec"
)

func run(w http.ResponseWriter, r *http.Request) {
	args := append([]string{"-c", "1"}, r.FormValue("host"))
	exec.Command("ping", args...).Run()
	script := append([]string{"-c", "exec \"$@\"", "sh"}, r.FormValue("name"))
	exec.Command("sh", script...).Run()
	command := exec.Command("sh", "-s")
	var input bytes.Buffer
	input.WriteString("date")
	command.Stdin = &input
	command.Run()
}
