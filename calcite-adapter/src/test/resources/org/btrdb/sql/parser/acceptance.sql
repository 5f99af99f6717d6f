-- Q01 Collections under a prefix
SELECT collection FROM btrdb.collections
WHERE collection LIKE 'sunshine/%'
ORDER BY collection;

-- Q02 Streams of one collection
SELECT name, unit, uuid
FROM btrdb.streams
WHERE collection = 'sunshine/PMU3'
ORDER BY name;

-- Q03 How many streams per unit below a prefix
SELECT unit, COUNT(*) AS streams, COUNT(DISTINCT collection) AS devices
FROM btrdb.streams
WHERE collection LIKE 'sunshine/%'
GROUP BY unit
ORDER BY streams DESC;

-- Q04 Voltage streams by tag
SELECT collection, name, uuid
FROM btrdb.streams
WHERE collection LIKE 'sunshine/%' AND unit = 'volts';

-- Q06 Streams that lack a name or a unit
SELECT uuid, collection
FROM btrdb.streams
WHERE name IS NULL OR name = '' OR unit IS NULL OR unit = '';

-- Q07 Which tag and annotation keys are in use
SELECT kind, key, count
FROM btrdb.metadata_usage
WHERE prefix = 'sunshine'
ORDER BY count DESC;

-- Q09 Server version and cluster health
SELECT i.build, i.major_version, i.minor_version, m.nodename, m.up, m.weight
FROM btrdb.server_info AS i CROSS JOIN btrdb.cluster_members AS m;

-- Q11 One stream by UUID
SELECT collection, name, unit, property_version
FROM btrdb.streams
WHERE uuid = UUID '07d28a44-4991-492d-b9c5-2d8cec5aa6d4';

-- Q13 Raw values of an hour (Python stream.values)
SELECT time, value
FROM "sunshine/PMU3".L1MAG
WHERE time >= TIMESTAMP '2016-01-01 12:30:00' AND time < TIMESTAMP '2016-01-01 13:30:00'
ORDER BY time;

-- Q14 Nanosecond-precise bounds
SELECT time, value
FROM "sunshine/PMU3".L1MAG
WHERE time >= TIMESTAMP '2016-01-01 12:30:00.123456789'
  AND time <= TIMESTAMP '2016-01-01 12:30:00.223456789';

-- Q15 Stream addressed by UUID, epoch nanoseconds as in the quick start
SELECT TO_NANOS(time) AS ns, value
FROM uuid."07d28a44-4991-492d-b9c5-2d8cec5aa6d4"
WHERE time >= FROM_NANOS(1500000000000000000) AND time < FROM_NANOS(1500000000900000000);

-- Q17 The point at one instant
SELECT value
FROM "sunshine/PMU3".L1MAG
WHERE time = TIMESTAMP '2016-01-01 12:30:00.008333333';

-- Q18 First points after an instant (early stop)
SELECT time, value
FROM "sunshine/PMU3".L1MAG
WHERE time >= TIMESTAMP '2016-01-01 00:00:00'
ORDER BY time
LIMIT 100;

-- Q19 Last ten points of a stream
SELECT time, value
FROM "sunshine/PMU3".L1MAG
ORDER BY time DESC
LIMIT 10;

-- Q21 Duplicate timestamps
SELECT time, COUNT(*) AS n, MIN(value) AS lo, MAX(value) AS hi
FROM "sunshine/PMU3".L1MAG
WHERE time >= TIMESTAMP '2016-01-01 00:00:00' AND time < TIMESTAMP '2016-01-01 00:10:00'
GROUP BY time
HAVING COUNT(*) > 1;

-- Q23 Size and range of a whole stream
SELECT COUNT(*) AS points, MIN(value) AS lo, AVG(value) AS mean, MAX(value) AS hi
FROM "sunshine/PMU3".L1MAG;

-- Q24 Hourly statistics of a day, standard FLOOR
SELECT FLOOR(time TO HOUR) AS hour, MIN(value) AS lo, AVG(value) AS mean, MAX(value) AS hi, COUNT(*) AS n
FROM "sunshine/PMU3".L1MAG
WHERE time >= TIMESTAMP '2016-01-01 00:00:00' AND time < TIMESTAMP '2016-01-02 00:00:00'
GROUP BY FLOOR(time TO HOUR)
ORDER BY hour;

-- Q25 Min/max envelope for a 1,440 pixel plot
SELECT date_bin(INTERVAL '1' MINUTE, time) AS t, MIN(value) AS lo, AVG(value) AS mean, MAX(value) AS hi
FROM "sunshine/PMU3".L1MAG
WHERE time >= TIMESTAMP '2016-01-01 00:00:00' AND time < TIMESTAMP '2016-01-02 00:00:00'
GROUP BY date_bin(INTERVAL '1' MINUTE, time)
ORDER BY t;

-- Q26 Buckets aligned to a given origin
SELECT date_bin(INTERVAL '10' SECOND, time, TIMESTAMP '2016-01-01 00:00:05') AS t, AVG(value) AS mean
FROM "sunshine/PMU3".L1MAG
WHERE time >= TIMESTAMP '2016-01-01 12:00:00' AND time < TIMESTAMP '2016-01-01 13:00:00'
GROUP BY 1
ORDER BY 1;

-- Q27 aligned_windows as in Python
SELECT time, min, mean, max, count, stddev
FROM aligned_windows('sunshine/PMU3/L1MAG', TIMESTAMP '2016-01-01 00:00:00', TIMESTAMP '2016-01-02 00:00:00', 38);

-- Q29 Daily statistics of a year (UTC days)
SELECT CAST(time AS DATE) AS day, AVG(value) AS mean, COUNT(*) AS n
FROM "sunshine/PMU3".L1MAG
WHERE time >= TIMESTAMP '2016-01-01 00:00:00' AND time < TIMESTAMP '2017-01-01 00:00:00'
GROUP BY CAST(time AS DATE)
ORDER BY day;

-- Q30 Calendar months
SELECT FLOOR(time TO MONTH) AS month, AVG(value) AS mean, MAX(value) AS hi, COUNT(*) AS n
FROM "sunshine/PMU3".L1MAG
WHERE time >= TIMESTAMP '2016-01-01 00:00:00' AND time < TIMESTAMP '2017-01-01 00:00:00'
GROUP BY FLOOR(time TO MONTH)
ORDER BY month;

-- Q32 Microsecond buckets on point-on-wave data
SELECT date_bin('100us', time) AS t, AVG(value) AS v
FROM "POW/signatures/event2907".Va
WHERE time >= TIMESTAMP '2018-06-01 10:00:00.5' AND time < TIMESTAMP '2018-06-01 10:00:00.6'
GROUP BY 1
ORDER BY 1;

-- Q33 Standard deviation per five minutes
SELECT date_bin(INTERVAL '5' MINUTE, time) AS t, STDDEV_POP(value) AS sd
FROM "USEAST_NOC1/90807".FREQ
WHERE time >= TIMESTAMP '2018-01-01 00:00:00' AND time < TIMESTAMP '2018-01-02 00:00:00'
GROUP BY 1
ORDER BY 1;

-- Q35 Minutes with a large voltage swing (HAVING on window statistics)
SELECT date_bin(INTERVAL '1' MINUTE, time) AS t, MAX(value) - MIN(value) AS swing
FROM "sunshine/PMU3".L1MAG
WHERE time >= TIMESTAMP '2016-01-01 00:00:00' AND time < TIMESTAMP '2016-01-02 00:00:00'
GROUP BY date_bin(INTERVAL '1' MINUTE, time)
HAVING MAX(value) - MIN(value) > 100
ORDER BY swing DESC;

-- Q36 Range whose ends cut through buckets
SELECT FLOOR(time TO HOUR) AS hour, AVG(value) AS mean, COUNT(*) AS n
FROM "sunshine/PMU3".L1MAG
WHERE time >= TIMESTAMP '2016-01-01 00:17:23.5' AND time < TIMESTAMP '2016-01-01 05:42:10.25'
GROUP BY FLOOR(time TO HOUR);

-- Q38 Hopping windows: 10 s wide, every second
SELECT window_start, window_end, AVG(value) AS mean
FROM TABLE(HOP((SELECT time, value FROM "USEAST_NOC1/90807".FREQ
                WHERE time >= TIMESTAMP '2018-01-01 00:00:00' AND time < TIMESTAMP '2018-01-01 01:00:00'),
               DESCRIPTOR(time), INTERVAL '1' SECOND, INTERVAL '10' SECOND))
GROUP BY window_start, window_end;

-- Q40 Combining windows again (weights must be counts)
SELECT FLOOR(time TO HOUR) AS hour, SUM(mean * count) / SUM(count) AS mean, MIN(min) AS lo, MAX(max) AS hi
FROM windows('sunshine/PMU3/L1MAG', TIMESTAMP '2016-01-01 00:00:00', TIMESTAMP '2016-01-02 00:00:00', INTERVAL '1' MINUTE)
GROUP BY FLOOR(time TO HOUR);

-- Q42 Time-weighted average of an irregular stream
SELECT FLOOR(time TO HOUR) AS hour, TIME_WEIGHTED_AVG(value, time) AS twa
FROM "USEAST_NOC1/90807".LSTATE
WHERE time >= TIMESTAMP '2018-01-01 00:00:00' AND time < TIMESTAMP '2018-01-02 00:00:00'
GROUP BY FLOOR(time TO HOUR);

-- Q43 Gap filling
SELECT date_bin_gapfill(INTERVAL '1' MINUTE, time) AS t, AVG(value) AS mean,
       locf(AVG(value)) AS held, interpolate(AVG(value)) AS line
FROM "USEAST_NOC1/90807".FREQ
WHERE time >= TIMESTAMP '2018-01-01 00:00:00' AND time < TIMESTAMP '2018-01-01 01:00:00'
GROUP BY 1
ORDER BY 1;

-- Q44 Latest value of one stream
SELECT time, value
FROM "USEAST_NOC1/90807".FREQ
ORDER BY time DESC
LIMIT 1;

-- Q45 Latest value of every stream of a collection
SELECT name, unit, time, value
FROM tall."USEAST_NOC1/90807"
QUALIFY ROW_NUMBER() OVER (PARTITION BY uuid ORDER BY time DESC) = 1;

-- Q47 Streams silent for the last hour
SELECT collection, name, latest
FROM btrdb.stream_stats
WHERE collection LIKE 'USEAST_NOC1/%'
  AND (latest IS NULL OR latest < CURRENT_TIMESTAMP - INTERVAL '1' HOUR)
ORDER BY latest;

-- Q49 Three phases side by side (wide table of a collection)
SELECT time, L1MAG, L2MAG, L3MAG
FROM "sunshine/PMU3"
WHERE time >= TIMESTAMP '2016-01-01 00:00:00' AND time < TIMESTAMP '2016-01-01 00:01:00'
ORDER BY time;

-- Q50 Hourly means of three phases
SELECT FLOOR(time TO HOUR) AS hour, AVG(L1MAG) AS l1, AVG(L2MAG) AS l2, AVG(L3MAG) AS l3
FROM "sunshine/PMU3"
WHERE time >= TIMESTAMP '2016-01-01 00:00:00' AND time < TIMESTAMP '2016-01-02 00:00:00'
GROUP BY FLOOR(time TO HOUR)
ORDER BY hour;

-- Q51 Phase-angle difference of two PMUs
SELECT a.time, angle_diff(a.value, b.value) AS delta_deg
FROM "sunshine/PMU1".L1ANG AS a
JOIN "sunshine/PMU3".L1ANG AS b ON a.time = b.time
WHERE a.time >= TIMESTAMP '2016-01-01 00:00:00' AND a.time < TIMESTAMP '2016-01-01 00:01:00';

-- Q53 Streams of different rates: last frequency at each voltage sample
SELECT v.time, v.value AS volts, f.value AS hz
FROM "sunshine/PMU3".L1MAG AS v
LEFT ASOF JOIN "USEAST_NOC1/90807".FREQ AS f
  MATCH_CONDITION f.time <= v.time
  ON TRUE
WHERE v.time >= TIMESTAMP '2016-01-01 00:00:00' AND v.time < TIMESTAMP '2016-01-01 00:01:00';

-- Q54 StreamSet aligned by time (to_dataframe)
SELECT time, "sunshine/PMU1/L1MAG", "sunshine/PMU3/L1MAG"
FROM streamset(ARRAY['sunshine/PMU1/L1MAG', 'sunshine/PMU3/L1MAG'],
               TIMESTAMP '2016-01-01 00:00:00', TIMESTAMP '2016-01-01 00:00:10')
ORDER BY time;

-- Q56 Points per stream and day
SELECT name, CAST(time AS DATE) AS day, COUNT(*) AS n
FROM tall."sunshine/PMU1"
WHERE time >= TIMESTAMP '2016-01-01 00:00:00' AND time < TIMESTAMP '2016-01-08 00:00:00'
GROUP BY name, CAST(time AS DATE)
ORDER BY name, day;

-- Q57 Ten noisiest voltage streams of a month
SELECT collection, name, STDDEV_POP(value) AS sd, AVG(value) AS mean
FROM btrdb.points
WHERE collection LIKE 'sunshine/%' AND unit = 'volts'
  AND time >= TIMESTAMP '2016-01-01 00:00:00' AND time < TIMESTAMP '2016-02-01 00:00:00'
GROUP BY collection, name, uuid
ORDER BY sd DESC
LIMIT 10;

-- Q58 Join of metadata and statistics
SELECT s.annotations['state'] AS state, s.unit, w.time, AVG(w.mean) AS mean
FROM btrdb.streams AS s
CROSS JOIN LATERAL TABLE(windows(s.uuid, TIMESTAMP '2018-01-01 00:00:00', TIMESTAMP '2018-01-02 00:00:00', INTERVAL '1' HOUR)) AS w
WHERE s.collection LIKE 'USEAST_NOC1/%' AND s.unit = 'volts'
GROUP BY s.annotations['state'], s.unit, w.time;

-- Q60 Export of many streams, long form, one streaming cursor
SELECT collection, name, time, value
FROM btrdb.points
WHERE collection LIKE 'sunshine/%' AND unit = 'volts'
  AND time >= TIMESTAMP '2016-01-01 00:00:00' AND time < TIMESTAMP '2016-01-01 00:10:00'
ORDER BY collection, name, time;

-- Q62 StreamSet snapped to a 30 Hz grid
SELECT *
FROM streamset(streams => ARRAY['USEAST_NOC1/90807/FREQ', 'USEAST_NOC1/90808/FREQ'],
               start => TIMESTAMP '2018-01-01 00:00:00', end => TIMESTAMP '2018-01-01 00:00:10',
               snap => 33333333);

-- Q63 Voltage sag search against the stream's own mean
SELECT s.time, s.value
FROM "sunshine/PMU3".L1MAG AS s
WHERE s.time >= TIMESTAMP '2015-10-31 00:00:00' AND s.time < TIMESTAMP '2015-11-05 00:00:00'
  AND s.value < 0.9 * (SELECT AVG(m.value) FROM "sunshine/PMU3".L1MAG AS m
                       WHERE m.time >= TIMESTAMP '2015-10-31 00:00:00' AND m.time < TIMESTAMP '2015-11-05 00:00:00')
ORDER BY s.time;

-- Q64 Sags grouped into events (points closer than 1 s belong together)
SELECT MIN(time) AS sag_start, MAX(time) AS sag_end, MIN(value) AS depth_v, COUNT(*) AS samples,
       TIMESTAMPDIFF(NANOSECOND, MIN(time), MAX(time)) AS duration_ns
FROM (SELECT time, value,
             SUM(is_new) OVER (ORDER BY time ROWS UNBOUNDED PRECEDING) AS grp
      FROM (SELECT time, value,
                   CASE WHEN TIMESTAMPDIFF(NANOSECOND, LAG(time) OVER (ORDER BY time), time) <= 1000000000 THEN 0 ELSE 1 END AS is_new
            FROM "sunshine/PMU3".L1MAG
            WHERE time >= TIMESTAMP '2015-11-20 00:00:00' AND time < TIMESTAMP '2015-12-20 00:00:00'
              AND value < 6480))
GROUP BY grp
ORDER BY sag_start;

-- Q65 Frequency excursions
SELECT time, value
FROM "USEAST_NOC1/90807".FREQ
WHERE time >= TIMESTAMP '2018-01-01 00:00:00' AND time < TIMESTAMP '2018-02-01 00:00:00'
  AND value NOT BETWEEN 59.95 AND 60.05;

-- Q67 Drill-down step: from a day's worst hour to its second-by-second view
SELECT d.time, d.min, d.max
FROM (SELECT time AS h FROM windows('sunshine/PMU3/L1MAG', TIMESTAMP '2016-01-01 00:00:00', TIMESTAMP '2016-01-02 00:00:00', INTERVAL '1' HOUR)
      ORDER BY min LIMIT 1) AS worst
CROSS JOIN LATERAL TABLE(windows('sunshine/PMU3/L1MAG', worst.h, worst.h + INTERVAL '1' HOUR, INTERVAL '1' SECOND)) AS d
ORDER BY d.time;

-- Q69 Gaps longer than one second
SELECT start_time, end_time, TIMESTAMPDIFF(NANOSECOND, start_time, end_time) / 1e9 AS seconds
FROM gaps('USEAST_NOC1/90807/FREQ', TIMESTAMP '2018-01-01 00:00:00', TIMESTAMP '2018-02-01 00:00:00', INTERVAL '1' SECOND)
ORDER BY start_time;

-- Q71 Zero crossings of a waveform, a quarter cycle at a time
SELECT COUNT(*) / 2.0 / 0.5 AS approx_hz
FROM (SELECT min, max, LAG(max) OVER (ORDER BY time) AS pmax, LAG(min) OVER (ORDER BY time) AS pmin
      FROM aligned_windows('POW/signatures/event2907/Va', TIMESTAMP '2018-06-01 10:00:00', TIMESTAMP '2018-06-01 10:00:00.5', 22))
WHERE (min <= 0 AND max >= 0) OR (min >= 0 AND pmax <= 0) OR (max <= 0 AND pmin >= 0);

-- Q73 Moving average over the last second
SELECT time, value, AVG(value) OVER (ORDER BY time RANGE BETWEEN INTERVAL '1' SECOND PRECEDING AND CURRENT ROW) AS smooth
FROM "USEAST_NOC1/90807".FREQ
WHERE time >= TIMESTAMP '2018-01-01 00:00:00' AND time < TIMESTAMP '2018-01-01 00:01:00';

-- Q74 A stream as it was at version 133
SELECT time, value
FROM "sunshine/PMU3".L1MAG FOR VERSION AS OF 133
WHERE time >= TIMESTAMP '2016-01-01 00:00:00' AND time < TIMESTAMP '2016-01-01 00:00:10';

-- Q75 What changed between two versions
SELECT start_time, end_time, version
FROM changes('sunshine/PMU3/L1MAG', 133, 244, 30)
ORDER BY start_time;

-- Q77 Current versions of a collection
SELECT name, version, minor_version
FROM btrdb.stream_stats
WHERE collection = 'sunshine/PMU3';

-- Q79 Insert points
INSERT INTO "sunshine/PMU3".L1MAG (time, value)
VALUES (TIMESTAMP '2020-01-01 00:00:00', 7200.5), (TIMESTAMP '2020-01-01 00:00:00.008333333', 7201.25);

-- Q81 Change metadata
UPDATE btrdb.streams SET unit = 'kV'
WHERE collection = 'sunshine/PMU3' AND name = 'L1MAG';

-- Q83 Which RPCs did my last statement cost
SELECT rpc, COUNT(*) AS calls, SUM(row_count) AS points, SUM(elapsed_ns) / 1e6 AS ms
FROM btrdb.session_rpcs
GROUP BY rpc
ORDER BY ms DESC;
