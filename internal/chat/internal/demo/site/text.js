// The texts of the page: Spanish first, English by Accept-Language (the server writes it into the page).
const texts = {
  es: {
    signIn: 'Ingresar', phone: 'Teléfono', password: 'Contraseña', out: 'Salir', intro: 'Converse con productores, veterinarios y agrónomos.',
    chats: 'Conversaciones', fresh: 'Nueva conversación', find: 'Nombre o número de usuario', nobody: 'Nadie con ese nombre.', none: 'Aún no hay conversaciones.',
    pick: 'Elija una conversación.', write: 'Escriba un mensaje', send: 'Enviar', back: 'Volver', close: 'Cerrar',
    live: 'En línea', stream: 'En línea (SSE)', connecting: 'Conectando…', offline: 'Sin conexión. Reintentando…',
    online: 'en línea', away: 'desconectado', typing: 'está escribiendo…', people: 'participantes', earlier: 'Ver mensajes anteriores',
    edit: 'Editar', remove: 'Eliminar', editing: 'Editando un mensaje', edited: 'editado', deleted: 'Mensaje eliminado', failed: 'No se envió', again: 'Reintentar',
    pending: 'Esperando la conexión', sent: 'Enviado', delivered: 'Entregado', read: 'Leído', you: 'Usted', file: 'Archivo', today: 'Hoy', yesterday: 'Ayer',
    room_created: 'creó el grupo', member_joined: 'entró al grupo', member_left: 'salió del grupo', role_changed: 'tiene otro papel', room_renamed: 'cambió el nombre',
    broken: 'No se pudo completar. Intente de nuevo.', unread: 'sin leer',
  },
  en: {
    signIn: 'Sign in', phone: 'Phone', password: 'Password', out: 'Sign out', intro: 'Talk with farmers, vets and agronomists.',
    chats: 'Chats', fresh: 'New chat', find: 'Name or user number', nobody: 'Nobody of that name.', none: 'No chats yet.',
    pick: 'Choose a chat.', write: 'Write a message', send: 'Send', back: 'Back', close: 'Close',
    live: 'Connected', stream: 'Connected (SSE)', connecting: 'Connecting…', offline: 'No connection. Trying again…',
    online: 'online', away: 'offline', typing: 'is typing…', people: 'members', earlier: 'Earlier messages',
    edit: 'Edit', remove: 'Delete', editing: 'Editing a message', edited: 'edited', deleted: 'Message deleted', failed: 'Not sent', again: 'Try again',
    pending: 'Waiting for the connection', sent: 'Sent', delivered: 'Delivered', read: 'Read', you: 'You', file: 'File', today: 'Today', yesterday: 'Yesterday',
    room_created: 'made the group', member_joined: 'joined the group', member_left: 'left the group', role_changed: 'has another role', room_renamed: 'changed the name',
    broken: 'That did not work. Try again.', unread: 'unread',
  },
};

export const lang = document.documentElement.lang === 'en' ? 'en' : 'es';
export const t = texts[lang];

const clock = new Intl.DateTimeFormat(lang, { hour: '2-digit', minute: '2-digit' });
const date = new Intl.DateTimeFormat(lang, { day: 'numeric', month: 'long' });

export const time = (iso) => clock.format(new Date(iso));

export function day(iso) {
  const days = Math.round((new Date().setHours(0, 0, 0, 0) - new Date(iso).setHours(0, 0, 0, 0)) / 864e5);
  return days === 0 ? t.today : days === 1 ? t.yesterday : date.format(new Date(iso));
}
