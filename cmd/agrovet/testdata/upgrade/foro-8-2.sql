\ir foro-7-2.sql
