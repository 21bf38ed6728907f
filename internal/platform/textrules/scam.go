package textrules

import "agrovet/internal/platform/errs"

// Rules about fraud. Negations come with the verb or right before the noun ("no pedimos anticipo", "sin
// adelanto"), so that "no dude en enviar el anticipo" is not taken for one.

// AdvancePayment finds who wants money before they deliver.
var AdvancePayment = Rule{Code: "advance_payment", Fraud: true, Find: Phrases(advancePayment, advancePaymentInnocent),
	Text: errs.Text{ES: "Pide dinero antes de entregar", EN: "Asks for money before delivery"}}

const advancePayment = `
	pago|pagos|pagar|pague|paga adelantado|anticipado|adelantados|anticipados
	pago|pagos|pagar|pague|paga|pagas|cancelar|cancela|cobro|cobramos .. por adelantado
	pag*|deposit*|transf*|abon*|envi*|gir*|mand* .. anticipo|adelanto
	anticipo|adelanto .. reserv*|separ*|envio|envi*|flete|transporte|cuenta|deposit*|transf*|giro|yape|qr
	# de|como anticipo|adelanto
	anticipo|adelanto de|del #
	con|requiere|requiero|requerimos|pido|pedimos|pide|solicito|solicita|solicitamos|exijo|exigimos|necesito|mediante|previo|solo|dar|dando|deja|dejar|dejando anticipo|adelanto
	con|requiere|requiero|requerimos|pido|pedimos|pide|solicito|solicita|solicitamos|exijo|exigimos|necesito|mediante|dar|dando|deja|dejar|dejando un|el|su anticipo|adelanto
	deposito|pago|giro|abono|anticipo|transferencia previo|previa
	previo|previa pago|deposito|giro|abono|anticipo|transferencia
	deposit*|transfer*|transfier* .. antes|primero|previamente
	antes .. deposit*|transfier*|transferir|transferencia
	primero .. deposit*|transf*|pag*|abon*
	pag*|abon* .. antes de|del|que envi*|entreg*|despach*|mand*|viaj*|ver|verlo|verla|recibir|recoger
	deposit* .. para reservar|separar|apartar|asegurar
	reserv*|separ*|apart* .. deposit*|transferencia|anticipo|adelanto
	costo|costos|gastos|pago .. envio|flete|tramite|aduana .. adelantado|anticipado|anticipo|primero
	deposito|pago|abono de garantia .. antes|previo|reserv*`

const advancePaymentInnocent = `
	anticipo|anticipacion de # hora*|hrs|hr|h|dia*|semana*|mes*|minuto*
	hora*|hrs|dia*|semana*|mes* de anticipo|adelanto
	avis*|reserv*|llam*|coordin*|program*|pedid*|encarg*|agend*|consult* .. con anticipo
	anticipo de ayuno|lluvia*|temporada|cosecha|siembra
	sin|ningun|ni|nada|cero anticipo*|adelanto*|deposito*|pago*|giro*|abono*|transferencia*
	sin|ningun|ni|nada|cero de|un|ningun anticipo*|adelanto*|deposito*|pago*|giro*|abono*|transferencia*
	no|nunca|jamas pid*|ped*|solicit*|acept*|requier*|requer*|cobr*|exig*|exij*|necesit*|hay|pag*|deposit*|transf*|envi*|gir*|reciba|recib* .. anticipo*|adelanto*|adelantad*|anticipad*|deposito*|previo|previa|antes|primero|transferencia*
	no|nunca|jamas se pid*|solicit*|acept*|requier*|cobr*|exig*|pag* .. anticipo*|adelanto*|adelantad*|anticipad*|deposito*|previo|previa|antes|primero|transferencia*
	no|nunca|jamas deposit*|transf*|pag*|abon*|gir*
	deposito|depositos de agua|combustible|grano*|leche|herramienta*|alimento*|forraje|almacen*|insumos
	tanque*|bodega|galpon|casa|cuarto|sala .. deposito*
	transferencia*|transferir de|del|el|los|embrion*|embrionaria* embrion*
	transferencia*|transferir embrion*|embrionaria*
	transferencia de dominio|propiedad|nombre
	deposito|pago|transferencia contra|al|a la|en|segun entrega|recib*|recog*|retir*`

// MoneyTransfer finds who wants to be paid in ways that leave no way back.
var MoneyTransfer = Rule{Code: "money_transfer", Fraud: true, Find: Phrases(moneyTransfer, moneyTransferInnocent),
	Text: errs.Text{ES: "Pide giros o pagos que no se pueden recuperar", EN: "Asks for wires or payments that cannot be taken back"}}

const moneyTransfer = `
	western union
	westerunion|westernunion|moneygram|xoom
	money gram
	remesa|remesas .. western|money
	giro bancario|postal|nacional|internacional|previo
	por|via|mediante|con|un|hacer|haga|enviar|envie|mandar|mande giro|giros
	giro|giros a|por|al|de nombre|banco|dinero
	girar|gire|gira .. dinero|plata|monto|anticipo
	pag*|transf*|deposit*|envi* .. bitcoin|bitcoins|btc|usdt|cripto*|binance
	tarjeta|tarjetas de regalo .. google|amazon|itunes|steam|codigo`

const moneyTransferInnocent = `
	radio|diametro|angulo|grados|corona|motor de giro
	con|un giro de # grado*
	giro comercial|economico|empresarial|ganadero|agricola|agropecuario
	giro de negocio*|empresa|actividad|la grado*
	sin|ningun|ni|no giro*
	sin|ni|no western|money union|gram
	no|nunca|jamas hac*|hag*|acept*|envi*|mand*|gir*|pag*|deposit*|ped*|pid*|us* .. giro*|western|union|money|dinero|plata|bitcoin*|usdt|cripto*`

// VerificationCode finds who wants a code that opens somebody's account.
var VerificationCode = Rule{Code: "verification_code", Fraud: true, Find: Phrases(verificationCode, verificationCodeInnocent),
	Text: errs.Text{ES: "Pide un código de verificación", EN: "Asks for a verification code"}}

const verificationCode = `
	codigo|codigos de verificacion|confirmacion|seguridad|whatsapp|wasap|activacion|autorizacion
	codigo|codigos .. sms|whatsapp|wasap|mensaje
	codigo|codigos .. lleg*|recib* .. celular|telefono|numero|sms|mensaje|correo
	codigo|codigos que .. lleg*|envi*|mand*|recib*
	codigo de # digitos|cifras|numeros
	pin .. sms|whatsapp|mensaje|lleg*`

const verificationCodeInnocent = `
	codigo|codigos de verificacion|seguridad del|de|en|sanitari*|fitosanitari* la|el|los|las|animal|certificad*|registro*|documento*|arete*|caravana*|sello*|guia*|envase*|etiqueta*|producto*
	codigo|codigos de verificacion del|de|en|sanitari*|fitosanitari*
	codigo|codigos qr|barras
	codigo|codigos .. arete*|caravana*|registro*|producto|lote
	no|nunca|jamas .. codigo* .. sms|whatsapp|verificacion|confirmacion|seguridad|lleg*|mensaje`
