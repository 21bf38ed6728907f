package textrules

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// everything are all rules that are here.
var everything = Rules{AdvancePayment, MoneyTransfer, VerificationCode, PhoneNumber, Link, OutsideContact}

func examine(title, content string) []Finding { return everything.Examine(Read(title, content)) }

func alike(title, content string) int64 { return Read(title, content).Alike() }

// codes are those of the rules that find something in a text.
func codes(text string) (all []string) {
	for _, f := range examine("Anuncio", text) {
		all = append(all, f.Rule)
	}
	return all
}

func TestRulesFind(t *testing.T) {
	for rule, texts := range map[string][]string{
		"advance_payment": {
			"Se pide 50% de anticipo para reservar", "Solo con ANTICIPO, el resto a la entrega", "Pago por adelantado y le envío el toro",
			"Requiere depósito previo de 500 Bs", "Debe transferir antes y mañana sale la carga", "Envío por encomienda a todo el país, pago adelantado",
			"deposite el adelanto a la cuenta del Banco Unión", "Primero debe depositar el costo del flete", "Previo pago del envío, mandamos a domicilio",
			"Pagos anticipados con descuento", "Me transfiere primero y yo despacho", "Depósito para reservar el ternero", "pague antes de ver los animales",
			"Envíe el anticipo por Yape", "No dude en enviar el anticipo hoy mismo", "anticipo de 300 bs", "Pedimos un adelanto", "Gastos de envío por anticipado",
			"pago\u00adadelantado? pago adelantado", "ＡＮＴＩＣＩＰＯ: pedimos anticipo",
		},
		"money_transfer": {
			"Pago por Western Union", "solo WESTERN-UNION", "MoneyGram o depósito", "Haga un giro a nombre de Juan", "Giro bancario a mi cuenta",
			"gire el dinero hoy", "Pague con bitcoin", "Envíe por giro postal", "se paga mediante giro", "Tarjetas de regalo Amazon",
		},
		"verification_code": {
			"Páseme el código de verificación", "le llegará un código por SMS, me lo reenvía", "El código de WhatsApp que recibe", "código de seis dígitos: código de 6 dígitos",
			"dígame el codigo que le enviamos", "el PIN que llega por mensaje",
		},
		"phone_number": {
			"Llamar al 70123456", "Cel: 701-23-456", "7 0 1 2 3 4 5 6", "7.0.1.2.3.4.5.6", "WhatsApp +591 70123456", "+591 701 23456", "tel. 3 3456789",
			"siete cero uno dos tres cuatro cinco seis", "setenta doce treinta y cuatro cincuenta y seis", "siete cero 1 dos 3 cuatro cinco seis",
			"Contacto 3001234567", "300 123 4567", "987.654.321", "0991234567", "cel70123456", "701 23 456", "7O123456", "70-12-34-56 solo mensajes",
			"(591) 70123456", "informes 70123456 / 71234567", "70123456", "７０１２３４５６", "7️⃣0️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣", "uno siete uno dos, tres cuatro, cinco seis siete",
			"Interesados: 5055 no, mejor 8765-4321", "wsp 591-7-0123456", "Comunicarse 2 234567 8",
		},
		"outside_contact": {
			"Escríbeme al privado y te cuento", "mándame un mensaje por interno", "hablemos por WhatsApp", "Te paso mi whatsapp", "Únete a nuestro grupo de ganaderos en Telegram",
			"contácteme por inbox",
		},
		"link": {
			"Más fotos en https://ganado.example/lote", "visite www.ganado.com", "ganado.com.bo", "www . ganado", "escriba a ana.flores@gmail.com",
			"ganado punto com", "ana arroba gmail punto com", "wa.me/59170123456", "bit.ly/abc", "mi pagina ganado . com", "HTTP://X", "finca-sur.bo",
		},
	} {
		for _, text := range texts {
			require.Contains(t, codes(text), rule, text)
		}
	}
}

func TestWhatTheTradeSaysIsInnocent(t *testing.T) {
	for _, text := range []string{
		"Se entrega con anticipo de 24 horas de ayuno", "Avisar con anticipo para preparar la carga", "Reservar con 2 días de anticipo",
		"Sin anticipo, pago contra entrega", "No pedimos anticipo ni depósito", "No se pide adelanto", "Nunca transfiera dinero antes de ver el animal",
		"No pague por adelantado", "No aceptamos giros ni Western Union", "Nunca le pediremos un código por SMS",
		"Depósito de agua de 5000 litros", "Tanque y depósito de combustible, bodega con depósito", "Pago al recibir", "Pago en la entrega, efectivo o QR",
		"Transferencia de embriones antes del día 7", "Transferencia embrionaria, previo examen", "Transferencia de dominio incluida",
		"Vacunado antes de la entrega, desparasitado primero con ivermectina", "El pago se hace al cargar los animales",
		"Tractor con radio de giro de 3 metros", "Tractor con buen giro, giro agropecuario", "Bomba con giro de 90 grados",
		"Código de verificación del certificado sanitario", "Código QR de verificación en el envase", "Código de barras 7750123456789", "Código de arete en guía",
		"NPK 10-30-10", "NPK 15-15-15 y 18-46-0", "Fertilizante 10-30-10 20-20-20 12-24-12", "Registro sanitario SENASAG 01234567", "Reg. ICA 12345678-DB",
		"Registro sanitario N° 70123456", "Registro de SENASA F.01.02.N.3456", "Arete 70123456", "Aretes 70123456, 70123457, 70123458", "Caravana N° 987654321",
		"Arete SINIIGA 07 12345678", "Diio 915 123 456", "Pesos: 450 480 500 kg", "Pesan 920 950 985", "Novillos de 450, 480 y 500 kilos", "Peso 920 950 985 kg",
		"Nacido el 12/03/2024", "Nacida 07-12-2024, vacunada 2024.03.12", "Entrega 30-12-2024", "Llamar antes del 12-03-2024", "Cosecha 2023 2024",
		"Precio 7.500.000", "75.250.500 negociable", "75000000 por todo", "Precio: 7500 8200", "$ 70123456", "68500000 pesos el lote", "Bs 7500 - 8200",
		"Motor serie 87654321, chasis 9BWZZZ377VT004251", "Placa 2345-ABC, RUAT 60123456", "Atención de 08:00 a 18:00, 7 días", "24/7",
		"Modelos 2018, 2019, 2020 y 2021", "60 70 80 90", "disponibles de 6 7 8 9 10 11 meses", "Rinde 8500 kg/ha en 2 2.5 ha", "Lote 8 7654321",
		"uno, dos y tres años", "dos, tres, cuatro dientes", "Treinta y cuatro vacas, veinte toros y doce terneros", "nueve mil quinientos",
		"Precio por arroba, 15 @ de peso", "20@ de papa", "20@papa.Grande", "Aretes 70123456 y 70123457", "Finca con su depósito. Revisada antes de salir", "Vaca sana.Con cría", "Mansa.es ideal", "Peso 450 kg.Compra mínima 2",
		"Coordenadas -17.783333 -63.182222", "Riego por goteo, cinta 16 mm, 8000 m", "2º parto, 3ª cría", "Cloruro de potasio K.Cl 60", "Hereford y Angus",
		"Leche 3,5 % de grasa y 3,2 % de proteína, 18 litros por día", "Maíz 14% de humedad, 500 qq a 85 Bs el quintal", "Vacuna lote 12345678 vence 2026-08", "Yegua alazana, señas 71234567",
		"Afecta al sector privado y al mercado interno", "Parásitos internos y externos, consumo interno", "Me lo mandaron por un grupo de WhatsApp",
		"No me escriban por WhatsApp, mejor pregunten aquí", "Nunca escriban al privado", "Un veterinario privado me escribió la receta",
	} {
		require.Empty(t, codes(text), text)
	}
}

func TestAFindingShowsWhatWasFound(t *testing.T) {
	found := examine("Toro Nelore", "Muy manso. Se pide 50% de anticipo para reservar. Cel: 701-23-456, o www.toros.com/nelore hoy.")
	require.Len(t, found, 3)
	require.Equal(t, []string{"advance_payment", "phone_number", "link"}, []string{found[0].Rule, found[1].Rule, found[2].Rule})
	require.Equal(t, []string{"50% de anticipo", "701-23-456", "www.toros.com/nelore"}, []string{found[0].Evidence, found[1].Evidence, found[2].Evidence})
	require.True(t, found[0].Fraud)
	require.False(t, found[1].Fraud)
	long := examine("x", "www."+strings.Repeat("ñ", 1000))
	require.Len(t, []rune(long[0].Evidence), MaxEvidence)
}

func TestTheFingerprintIsThatOfWhatWasLookedAt(t *testing.T) {
	one := func(title, content string) int64 {
		found := examine(title, content)
		require.Len(t, found, 1)
		return found[0].Fingerprint
	}
	text := one("Toro", "Pago adelantado, por favor")
	require.Equal(t, text, one("TORO", "pago adelantado: por  favor."))
	require.NotEqual(t, text, one("Toro", "Pago adelantado por favor, 2"))
}

func TestFingerprintsStayTheSameForEver(t *testing.T) {
	require.EqualValues(t, -2213518298889488713, Fingerprint("1 BOB cabeza", "10"), "they are stored")
	require.EqualValues(t, 8468227261041873559, examine("Toro", "Pago adelantado")[0].Fingerprint)
	require.EqualValues(t, 3292795855289395757, alike("Vaca Holstein", "Buena lechera"))
}

func TestATextThatIsWrittenAgainAndAgainIsFound(t *testing.T) {
	text := Read("Vaca lechera", "Muy mansa")
	_, ok := Repeated(3, 4)(text)
	require.False(t, ok)
	m, ok := Repeated(4, 4)(text)
	require.True(t, ok)
	require.Equal(t, Match{"5", text.Alike()}, m)
	_, ok = Repeated(100, 4)(Read("", "Muchas gracias"))
	require.False(t, ok, "too few words to mean anything")
}

func TestTextsAreAlikeButForNumbersCaseAccentsAndPunctuation(t *testing.T) {
	one := alike("Vaca Holstein N° 12", "Buena lechera, 18 litros.")
	require.NotZero(t, one)
	require.Equal(t, one, alike("VACA HOLSTEIN n 13", "buena léchera (20 litros)"))
	require.NotEqual(t, one, alike("Vaca Holstein", "Mala lechera, 18 litros."))
	require.Zero(t, alike("Vaca 12", "Holstein"), "too few words to mean anything")
}
