-- One statement a line: each family of what SQL reaches, so that a class left out of the jar shows.
-- LISTAGG, grouping sets and JSON run on Calcite's Enumerable, in code that Janino compiles.
SELECT time, value FROM lab.volts WHERE time < TIMESTAMP '2026-03-02 00:00:00'
SELECT FLOOR(time TO MINUTE), COUNT(*), AVG(value), MIN(value), MAX(value), STDDEV(value) FROM lab.volts GROUP BY FLOOR(time TO MINUTE) ORDER BY 1
EXPLAIN PLAN FOR SELECT FLOOR(time TO MINUTE), AVG(value) FROM lab.volts GROUP BY FLOOR(time TO MINUTE)
EXPLAIN PLAN FOR SELECT LISTAGG(CAST(value AS VARCHAR), ',') FROM lab.volts
SELECT LISTAGG(CAST(value AS VARCHAR), ',') FROM lab.volts
SELECT FLOOR(time TO MINUTE) AS m, value > 229, COUNT(*) FROM lab.volts GROUP BY GROUPING SETS ((FLOOR(time TO MINUTE)), (value > 229), ()) ORDER BY 1, 2, 3
SELECT JSON_VALUE('{"a":{"b":7}}', '$.a.b') FROM lab.volts LIMIT 1
SELECT JSON_VALUE('{"a":1}', 'lax $.a')
SELECT JSON_EXISTS('{"a":1}', '$.a'), JSON_QUERY('{"a":[1,2]}', '$.a')
SELECT JSON_OBJECT('x': 1, 'y': value) FROM lab.volts
SELECT JSON_ARRAYAGG(value) FROM lab.volts
SELECT JSON_OBJECTAGG('a': value) FROM lab.volts
SELECT 'abc' LIKE 'a%', 'abc' SIMILAR TO 'a(b|x)c'
SELECT UPPER('a'), INITCAP('hello world'), OVERLAY('abc' PLACING 'x' FROM 2), TRIM(BOTH 'x' FROM 'xax'), POSITION('b' IN 'abc')
SELECT SIN(1), POWER(2,10), LOG10(100), ATAN2(1,2), MOD(7,3), ROUND(1.2345,2), TRUNCATE(1.2345,2), SIGN(-2)
SELECT ARRAY[1,2,3], MAP['a',1], CARDINALITY(ARRAY[1,2])
SELECT PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY value) FROM lab.volts
SELECT time, value, LAG(value) OVER (ORDER BY time), SUM(value) OVER (ORDER BY time ROWS 1 PRECEDING) FROM lab.volts ORDER BY time
SELECT a.value, (SELECT MAX(b.value) FROM lab.volts b WHERE b.time < a.time) FROM lab.volts a ORDER BY a.time
SELECT CAST(value AS REAL), CAST(value AS DECIMAL(10,2)), CAST(time AS VARCHAR) FROM lab.volts
SELECT EXTRACT(NANOSECOND FROM time), EXTRACT(DOY FROM time), TIMESTAMPADD(DAY, 1, time) FROM lab.volts
SELECT UUID '123e4567-e89b-12d3-a456-426655440000', CAST('1' AS VARBINARY), X'4142'
SELECT value FROM lab.volts WHERE value IN (SELECT value FROM lab.volts WHERE value > 229) ORDER BY 1
SELECT MODE(value), ANY_VALUE(value), STDDEV_POP(value), VAR_SAMP(value), COVAR_POP(value,value), REGR_COUNT(value,value) FROM lab.volts
SELECT value FROM lab.volts UNION SELECT 1e0 ORDER BY 1
SELECT * FROM lab.volts MATCH_RECOGNIZE (ORDER BY time MEASURES A.value AS v ONE ROW PER MATCH PATTERN (A B) DEFINE B AS B.value > A.value)
SELECT COUNT(*), SUM(value) FROM tall.lab WHERE time >= TIMESTAMP '2026-03-02 00:00:00'
SELECT * FROM wide.lab ORDER BY time LIMIT 5
SELECT collection, name FROM btrdb.streams
SELECT nothing FROM lab.volts
