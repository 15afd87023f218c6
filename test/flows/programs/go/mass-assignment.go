// --- a map of the body is written
package handlers

import (
	"net/http"

	"github.com/gin-gonic/gin"
	"gorm.io/gorm"
)

type User struct {
	ID    uint
	Name  string
	Admin bool
}

func Update(db *gorm.DB) gin.HandlerFunc {
	return func(c *gin.Context) {
		var fields map[string]interface{}
		if err := c.ShouldBindJSON(&fields); err != nil {
			c.Status(http.StatusBadRequest)
			return
		}
		db.Model(&User{}).Where("id = ?", c.Param("id")).Updates(fields) // ! medium mass-assignment
	}
}

// --- named fields are written
package handlers

import (
	"net/http"

	"github.com/gin-gonic/gin"
	"gorm.io/gorm"
)

type User struct {
	ID    uint
	Name  string
	Admin bool
}

type updateRequest struct {
	Name string `json:"name" binding:"required"`
}

func Update(db *gorm.DB) gin.HandlerFunc {
	return func(c *gin.Context) {
		var req updateRequest
		if err := c.ShouldBindJSON(&req); err != nil {
			c.Status(http.StatusBadRequest)
			return
		}
		db.Model(&User{}).Where("id = ?", c.Param("id")).Updates(map[string]interface{}{"name": req.Name})
		db.Model(&User{}).Where("id = ?", c.Param("id")).Updates(User{Name: req.Name})
		db.Create(&User{Name: req.Name})
	}
}

// --- a map of the body makes a row
package handlers

import (
	"encoding/json"
	"net/http"

	"gorm.io/gorm"
)

type Order struct {
	ID   uint
	Paid bool
}

type Server struct{ db *gorm.DB }

func (s *Server) create(w http.ResponseWriter, r *http.Request) {
	row := map[string]any{}
	if err := json.NewDecoder(r.Body).Decode(&row); err != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	s.db.Model(&Order{}).Create(row) // ! medium mass-assignment
}

// --- the body goes through a function
package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"
	"gorm.io/gorm"
)

type Order struct {
	ID   uint
	Paid bool
}

func save(db *gorm.DB, id string, fields map[string]any) error {
	return db.Model(&Order{}).Where("id = ?", id).UpdateColumns(fields).Error // ! medium mass-assignment
}

func Change(db *gorm.DB) echo.HandlerFunc {
	return func(c echo.Context) error {
		fields := map[string]any{}
		if err := c.Bind(&fields); err != nil {
			return c.NoContent(http.StatusBadRequest)
		}
		return save(db, c.Param("id"), fields)
	}
}

// --- the fields are picked out of the body
package handlers

import (
	"encoding/json"
	"net/http"

	"gorm.io/gorm"
)

type Order struct {
	ID   uint
	Note string
}

func change(db *gorm.DB) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		body := map[string]any{}
		if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		db.Model(&Order{}).Where("id = ?", r.PathValue("id")).Updates(map[string]any{"note": body["note"]})
	}
}

// --- one column is written
package handlers

import (
	"encoding/json"
	"net/http"

	"gorm.io/gorm"
)

type Order struct {
	ID   uint
	Note string
}

func change(db *gorm.DB) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		body := map[string]any{}
		if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		db.Model(&Order{}).Where("id = ?", r.PathValue("id")).Update("note", body["note"])
	}
}

// --- only the columns that are named are written
package handlers

import (
	"encoding/json"
	"net/http"

	"gorm.io/gorm"
)

type Order struct {
	ID   uint
	Note string
}

func change(db *gorm.DB) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		body := map[string]any{}
		if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		db.Model(&Order{}).Where("id = ?", r.PathValue("id")).Select("note").Updates(body)
	}
}

// --- all columns are named, so nothing is left out
package handlers

import (
	"encoding/json"
	"net/http"

	"gorm.io/gorm"
)

type Order struct {
	ID   uint
	Note string
}

func change(db *gorm.DB) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		body := map[string]any{}
		if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		db.Model(&Order{}).Where("id = ?", r.PathValue("id")).Select("*").Updates(body) // ! medium mass-assignment
	}
}
