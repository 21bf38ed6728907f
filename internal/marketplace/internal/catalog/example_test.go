package catalog_test

import (
	"fmt"

	"agrovet/internal/marketplace/internal/catalog"
)

func ExampleValidate() {
	defs := catalog.AttributesOf(catalog.Standard(), "Bovinos")
	clean, _ := catalog.Validate(defs, map[string]any{"raza": "nelore", "edad_meses": "18", "peso_kg": 320.50, "prenada": true})
	fmt.Println(clean)
	fmt.Println(catalog.Words(defs, clean, "es"))

	_, wrong := catalog.Validate(defs, map[string]any{"raza": "unicornio", "color": "blanco"})
	for _, field := range wrong {
		fmt.Println(field.Name, field.Text.ES)
	}
	// Output:
	// map[edad_meses:18 peso_kg:320.5 prenada:true raza:nelore]
	// 18 meses 320.5 kg Nelore Preñada
	// attributes.raza "unicornio" no es una elección válida.
	// attributes.color La categoría no tiene este atributo.
}
