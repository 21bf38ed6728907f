-- ListingPut stores the search document of an advert as the advert is now.
-- name: ListingPut :exec
insert into listing (add_id, terms, title_terms, publisher_id, root_id, category_id, condition, price, currency, base_price, base_unit,
    created_at, latitude, longitude)
select id, @terms, @title_terms, publisher_id, root_id, category_id, condition, price, currency, base_price, base_unit,
    created_at, rough_latitude, rough_longitude
from add where id = @add_id
on conflict (add_id) do update set terms = excluded.terms, title_terms = excluded.title_terms, root_id = excluded.root_id,
    category_id = excluded.category_id, condition = excluded.condition, price = excluded.price, currency = excluded.currency,
    base_price = excluded.base_price, base_unit = excluded.base_unit, latitude = excluded.latitude, longitude = excluded.longitude;

-- name: ListingDelete :exec
delete from listing where add_id = @add_id;

-- TermCounts are of these terms, and as that of term 0 the last document's number.
-- name: TermCounts :many
select term, n from term where term = any(@terms::bigint[])
union all select 0, coalesce(max(add_id), 0) from listing;

-- TermsAdd adds to the counts, in the order of the terms, so that two who count never wait for each other.
-- name: TermsAdd :exec
insert into term as t (term, n)
select term, n from (select unnest(@terms::bigint[]) as term, unnest(@ns::bigint[]) as n) new order by term
on conflict (term) do update set n = t.n + excluded.n;

-- name: WordsAdd :exec
insert into word as w (word, n, pieces, marks)
select word, n, string_to_array(pieces, ' '), marks from (select unnest(@words::text[]) as word, unnest(@ns::bigint[]) as n,
    unnest(@pieces::text[]) as pieces, unnest(@marks::bigint[]) as marks) new order by word
on conflict (word) do update set n = w.n + excluded.n;

-- name: WordsKnown :many
select word, n from word where word = any(@words::text[]);

-- WordsBeginning are the most frequent words from the first up to, not including, the last.
-- name: WordsBeginning :many
select word, n from (select word, n from word where word >= @first and word < @last order by word limit 200) near
order by n desc, word limit @max_rows;

-- WordsSimilar share the most pieces, about, of those that share any of some and are as long.
-- name: WordsSimilar :many
select word, n from word where pieces && @telling::text[] and char_length(word) between @shortest::int and @longest::int
order by bit_count((marks & @marks::bigint)::bit(64)) desc, n desc, word limit @max_rows;

-- Uncounted are the next search documents that were not counted yet.
-- name: Uncounted :many
select listing.add_id, listing.terms, add.title, add.description from listing join add on add.id = listing.add_id
where listing.add_id > (select add_id from counted) order by listing.add_id limit @max_rows;

-- name: CountedTo :exec
update counted set add_id = @add_id;
