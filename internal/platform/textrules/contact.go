package textrules

import "agrovet/internal/platform/errs"

// Rules about ways around the platform.
var (
	// PhoneNumber finds numbers that people could call, also where they are spelled or taken apart.
	PhoneNumber = Rule{Code: "phone_number", Find: phone,
		Text: errs.Text{ES: "Número de teléfono en el texto", EN: "Phone number in the text"}}
	// Link finds addresses of pages and of mail.
	Link = Rule{Code: "link", Find: link,
		Text: errs.Text{ES: "Enlace o correo en el texto", EN: "Link or e-mail address in the text"}}
	// OutsideContact finds invitations to talk elsewhere, also without a number or a link. Where people
	// sell they are usual; among people who talk in public they are not.
	OutsideContact = Rule{Code: "outside_contact", Find: Phrases(outside, outsideInnocent),
		Text: errs.Text{ES: "Invita a seguir fuera de la plataforma", EN: "Asks to go on outside the platform"}}
)

const outside = `
	escribe|escribeme|escriba|escribame|escriban|escribanme|escribir|escribirme|escribanos|escribinos .. whatsapp|whatsap|wasap|watsap|guasap|wsp|wpp|telegram|messenger
	hablame|hableme|hablenme|hablemos|contactame|contacteme|contactarme|contactenos|comuniquese|comuniquense .. whatsapp|whatsap|wasap|watsap|guasap|wsp|wpp|telegram|messenger
	mandame|mandeme|manden|llamame|llameme|llamen|agregame|agregueme|buscame|busqueme .. whatsapp|whatsap|wasap|watsap|guasap|wsp|wpp|telegram|messenger
	escribe|escribeme|escriba|escribame|escriban|escribanme|hablame|hableme|hablemos|contactame|contacteme|contactarme|mandame|mandeme .. al|por|x interno|privado|inbox|imbox|dm|pv
	mi|nuestro whatsapp|whatsap|wasap|watsap|guasap|wsp|wpp|telegram
	mi|nuestro numero|contacto de whatsapp|whatsap|wasap|watsap|telegram
	unete|unanse|unite|sumate|sumense|ingresa|ingresen|entra|entren .. grupo|canal .. whatsapp|whatsap|wasap|watsap|telegram|messenger`

const outsideInnocent = `
	no|nunca|jamas me|nos|le|les|se escrib*|habl*|contact*|comuni*|mand*|llam*|agreg*|busqu* .. whatsapp|whatsap|wasap|watsap|guasap|wsp|wpp|telegram|messenger|interno|privado|inbox|imbox|dm|pv
	no|nunca|jamas escrib*|habl*|contact*|comuni*|mand*|llam*|agreg*|busqu* .. whatsapp|whatsap|wasap|watsap|guasap|wsp|wpp|telegram|messenger|interno|privado|inbox|imbox|dm|pv`
