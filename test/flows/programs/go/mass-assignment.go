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
