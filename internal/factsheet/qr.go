package factsheet

import (
	"fmt"
	"strings"

	"rsc.io/qr"
)

// quietZone is the white margin that readers of QR codes need, in modules.
const quietZone = 4

// qrCode draws an address as a QR code: one path, a unit a module. It fails when the
// address is too long for a code.
func qrCode(address string) (string, error) {
	code, err := qr.Encode(address, qr.M)
	if err != nil {
		return "", fmt.Errorf("code QR de %s : %w", address, err)
	}
	var path strings.Builder
	for y := range code.Size {
		for x := 0; x < code.Size; x++ {
			run := 0
			for code.Black(x+run, y) {
				run++
			}
			if run > 0 {
				fmt.Fprintf(&path, "M%d %dh%dv1h-%dz", x+quietZone, y+quietZone, run, run)
				x += run
			}
		}
	}
	side := code.Size + 2*quietZone
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d"><path fill="#fff" d="M0 0h%dv%dH0z"/><path fill="#1b1f24" d="%s"/></svg>`,
		side, side, side, side, path.String()), nil
}
