SELECT time, value FROM "coll".L1MAG
SELECT m.time, m.value FROM "coll".L1MAG AS m ORDER BY m.time
SELECT "coll".L1MAG.time FROM "coll".L1MAG
SELECT AVG(value) AS value, MIN(value) AS min, MAX(time) AS max, COUNT(*) AS count FROM s GROUP BY time ORDER BY time
SELECT value AS time, time AS value FROM uuid."07d28a44-4991-492d-b9c5-2d8cec5aa6d4"
SELECT value AS end, time AS interval, value AS rows, 1 AS range, 2 AS date, 3 AS timestamp FROM s
SELECT COUNT(*) day, SUM(value) hour FROM s
SELECT MIN(value), COUNT(DISTINCT value), COUNT(*) FILTER (WHERE value > 0), SUM(value) FILTER (WHERE filter = 1) FROM s
SELECT MIN(min), MAX(max), SUM(count), AVG(avg), RANK() OVER (ORDER BY rank), LAG(lag, 1) OVER (ORDER BY lead) FROM s
SELECT CORR(a, b), REGR_SLOPE(a, b), WIDTH_BUCKET(a, 1, 2, 3) FROM s
SELECT TIMESTAMP '2018-01-01 00:00:00', DATE '2018-01-01', TIME '01:02:03', UUID '07d28a44-4991-492d-b9c5-2d8cec5aa6d4'
SELECT TIMESTAMP WITH LOCAL TIME ZONE '2018-01-01 00:00:00'
SELECT CAST(time AS TIME), CAST(time AS TIMESTAMP(9)), CAST(date AS DATE), CAST(uuid AS UUID), CAST(x AS INTERVAL HOUR) FROM s
SELECT TRY_CAST(time AS TIMESTAMP), SAFE_CAST(CAST(time AS DATE) AS TIMESTAMP WITH LOCAL TIME ZONE), CAST(time AS VARCHAR) FROM s
SELECT time::date, value::TIMESTAMP(3), uuid::varchar, time::time FROM s
SELECT EXTRACT(YEAR FROM time), EXTRACT(SECOND FROM second), YEAR(time), MONTH(month), FLOOR(time TO HOUR), CEIL(hour TO MINUTE) FROM s
SELECT TIMESTAMPADD(HOUR, hour, time), TIMESTAMPDIFF(SECOND, second, minute), TIMESTAMPDIFF(NANOSECOND, a, b) FROM s
SELECT DATE_TRUNC(time, HOUR), TIMESTAMP_TRUNC(hour, HOUR), TIMESTAMP_DIFF(a, day, DAY) FROM s
SELECT DATE_TRUNC('hour', time), date_bin(INTERVAL '10' SECOND, time, TIMESTAMP '2016-01-01 00:00:05') FROM s
SELECT time + INTERVAL '1' HOUR, time - INTERVAL '1 02:03:04.5' DAY TO SECOND, time + INTERVAL '5' DAY(3), time + INTERVAL -'1' MINUTE FROM s
SELECT time + INTERVAL n HOUR, time + INTERVAL t.n MINUTE, time + INTERVAL (n + 1) DAY, time + INTERVAL 3 SECOND, (a - b) SECOND FROM t
SELECT interval + 1, interval, interval - 2, t.interval FROM t WHERE interval > 3 AND interval IN (1, 2)
SELECT date, timestamp, uuid, year, month, day, hour, minute, second FROM t WHERE date > 1 AND year = 2 AND hour BETWEEN minute AND second
SELECT CASE WHEN end > start THEN end ELSE start END AS end FROM t
SELECT CASE end WHEN 1 THEN 2 ELSE CASE WHEN start IS NULL THEN end END END, (CASE WHEN a THEN 1 END) FROM t
SELECT SUM(value) OVER (PARTITION BY partition ORDER BY time ROWS UNBOUNDED PRECEDING) FROM s
SELECT SUM(value) OVER (ORDER BY rows ROWS BETWEEN 5 PRECEDING AND CURRENT ROW), rows, range FROM s WHERE rows BETWEEN 1 AND 2
SELECT SUM(value) OVER (ORDER BY range DESC RANGE INTERVAL '1' SECOND PRECEDING), current, row FROM s
SELECT SUM(value) OVER w, window FROM s WINDOW w AS (PARTITION BY uuid ORDER BY time ROWS 3 PRECEDING)
SELECT time FROM s ORDER BY time OFFSET 5 ROWS FETCH NEXT 10 ROWS ONLY
SELECT time FROM s ORDER BY time OFFSET ? ROWS FETCH FIRST ? ROW ONLY
SELECT time FROM s ORDER BY time LIMIT 5 OFFSET 3
SELECT position, POSITION('a' IN name), power, POWER(power, 2), result, language, method, system, filter, stream, over FROM t
SELECT values, value FROM (VALUES (1, 2), (3, 4)) AS values (values, value)
SELECT * FROM (VALUES ROW(1, 2)) AS t (row, rows)
SELECT name, unit, version, mean, stddev, annotations['state'], tags['a'] FROM t
SELECT start, end, name, rank, at, groups, open, close, percent, release, measure, period, column FROM t
SELECT * FROM windows('c/s', start => 1, end => 2, interval => 3)
SELECT * FROM TABLE(windows('c/s', TIMESTAMP '2016-01-01 00:00:00', TIMESTAMP '2016-01-02 00:00:00', INTERVAL '1' HOUR)) AS w
SELECT * FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(time), INTERVAL '1' MINUTE))
SELECT * EXCLUDE (time) FROM s
SELECT t.* FROM t JOIN s USING (time) NATURAL JOIN u LEFT JOIN v ON v.time = t.time
SELECT * FROM s FOR VERSION AS OF 133
SELECT * FROM s FOR VERSION AS OF ? AS m WHERE m.time > 1
SELECT * FROM "c".s FOR SYSTEM_VERSION AS OF 133 AS a JOIN "c".s FOR VERSION AS OF 134 AS b ON a.time = b.time
SELECT * FROM s FOR SYSTEM_TIME AS OF TIMESTAMP '2018-01-01 00:00:00'
SELECT {ts '2018-01-01 00:00:00.123456789'}, {d '2018-01-01'}, {t '01:02:03'}, {fn POWER(power, 2)}, {fn TIMESTAMPADD(HOUR, 1, time)}, {fn COUNT(*)} FROM s
SELECT name FROM t WHERE name ILIKE 'a%' AND name NOT LIKE 'b%' ESCAPE '!' QUALIFY ROW_NUMBER() OVER (ORDER BY time) = 1
WITH value AS (SELECT time FROM s), end AS (SELECT 1) SELECT time FROM value, end
SELECT time FROM s WHERE EXISTS (SELECT 1 FROM t WHERE t.time = s.time) UNION ALL SELECT time FROM u ORDER BY 1
INSERT INTO "c".s (time, value) VALUES (TIMESTAMP '2020-01-01 00:00:00', 7200.5), (?, ?)
INSERT INTO s SELECT time, value FROM t
UPSERT INTO "c".s (time, value) VALUES (?, ?)
DELETE FROM "c".s WHERE time >= ? AND time < ?
UPDATE btrdb.streams SET unit = 'kV', version = 3 WHERE name = 'L1MAG'
CALL flush('c/s')
EXPLAIN PLAN FOR SELECT time FROM s
EXPLAIN SELECT time FROM s
ALTER SESSION SET "timeZone" = 'UTC'
CREATE TABLE "coll"."name" (time TIMESTAMP(9) NOT NULL, value DOUBLE NOT NULL) WITH (unit = 'V', distiller = 'x')
CREATE TABLE IF NOT EXISTS "coll"."name" (time TIMESTAMP, value DOUBLE)
CREATE TABLE "coll".name WITH (unit = 'V')
CREATE TABLE "coll".name
SELECT time FROM s TABLESAMPLE SYSTEM (10)
SELECT /* a comment */ time -- another
