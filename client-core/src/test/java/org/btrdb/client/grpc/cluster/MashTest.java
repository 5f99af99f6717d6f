package org.btrdb.client.grpc.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.net.HostAndPort;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.btrdb.client.model.ClusterMember;
import org.btrdb.client.model.ClusterState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hashes of streams, and who holds them. */
class MashTest {
  private static final long HASHES = 1L << 32;

  /** The check values of reference 4.5. */
  @ParameterizedTest
  @CsvSource({
    "00000000-0000-0000-0000-000000000000, 2416257816",
    "00010203-0405-0607-0809-0a0b0c0d0e0f, 3148314195",
    "0d22a53b-e2ef-4e0a-ab89-b2d48fb2592a, 2230565599",
    "17dbe387-89ea-42b6-864b-f505cdb483f5, 1249455888",
    "ffffffff-ffff-ffff-ffff-ffffffffffff, 2201085265",
  })
  void hashesUuids(UUID uuid, long hash) {
    assertThat(Mash.hash(uuid)).isEqualTo(hash);
  }

  @Test
  void hashesText() {
    String text = "The quick brown fox jumps over the lazy ";
    assertThat(Mash.hash((text + "dog").getBytes(StandardCharsets.US_ASCII)))
        .isEqualTo(0x78e69e27L);
    assertThat(Mash.hash((text + "cog").getBytes(StandardCharsets.US_ASCII)))
        .isEqualTo(0xd5ece287L);
  }

  private static ClusterMember member(
      String name, boolean up, boolean in, long start, long end, String... endpoints) {
    return new ClusterMember(name, up, in, true, 100, 1, start, end, List.of(endpoints));
  }

  private static Mash mash(List<ClusterMember> members) {
    return Mash.of(new ClusterState(true, "", List.of(), members));
  }

  private static String ownerName(Mash mash, long hash) {
    Node owner = mash.owner(hash);
    return owner == null ? "" : owner.name();
  }

  /**
   * Random maps: parts in any order, some of nodes that are down or out, nodes that hold nothing.
   */
  @Test
  void ownersAreThoseOfBruteForce() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      List<Long> cuts = new ArrayList<>(List.of(0L, HASHES));
      for (int i = random.nextInt(6); i > 0; i--) {
        cuts.add(random.nextLong(HASHES + 1));
      }
      Collections.sort(cuts);
      List<ClusterMember> members = new ArrayList<>();
      for (int i = 1; i < cuts.size(); i++) {
        members.add(
            member(
                "n" + i,
                random.nextInt(5) > 0,
                random.nextInt(5) > 0,
                cuts.get(i - 1),
                cuts.get(i)));
      }
      members.add(member("idle", true, true, 0, 0));
      members.add(member("dead", false, false, 0, 0));
      Collections.shuffle(members, random);
      Mash mash = mash(members);
      for (int probe = 0; probe < 60; probe++) {
        long cut = cuts.get(random.nextInt(cuts.size())) + random.nextInt(3) - 1;
        long hash =
            Math.max(0, Math.min(HASHES - 1, random.nextBoolean() ? cut : random.nextLong(HASHES)));
        String expected = "";
        for (ClusterMember member : members) {
          if (member.up()
              && member.inCluster()
              && member.startHash() <= hash
              && hash < member.endHash()) {
            expected = member.nodename();
          }
        }
        assertThat(ownerName(mash, hash))
            .as("seed %d, hash %d of %s", seed, hash, members)
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void theLastHashHasAnOwnerAndAddressesThatAreNoneAreLeftOut() {
    Mash mash = mash(List.of(member("a", true, true, 0, HASHES, "a:x", "a", "b:9", "[::1]:7")));
    assertThat(ownerName(mash, HASHES - 1)).isEqualTo("a");
    assertThat(mash.nodes().get(0).addresses())
        .containsExactly(
            HostAndPort.fromParts("a", 4410),
            HostAndPort.fromParts("b", 9),
            HostAndPort.fromParts("::1", 7));
  }
}
