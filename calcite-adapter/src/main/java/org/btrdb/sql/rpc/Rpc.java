package org.btrdb.sql.rpc;

/** The calls of the wire contract that a session makes, by the names they have there. */
public enum Rpc {
  /** Server and cluster. */
  INFO("Info"),
  /** Names of collections. */
  LIST_COLLECTIONS("ListCollections"),
  /** Streams by collection, tags and annotations. */
  LOOKUP_STREAMS("LookupStreams"),
  /** Descriptor or version of a stream. */
  STREAM_INFO("StreamInfo"),
  /** Points. */
  RAW_VALUES("RawValues"),
  /** Statistics of windows of any width. */
  WINDOWS("Windows"),
  /** Statistics of aligned windows. */
  ALIGNED_WINDOWS("AlignedWindows"),
  /** One point. */
  NEAREST("Nearest"),
  /** Changed ranges. */
  CHANGES("Changes"),
  /** Use of keys. */
  METADATA_USAGE("GetMetadataUsage"),
  /** A new stream. */
  CREATE("Create"),
  /** New points. */
  INSERT("Insert"),
  /** New points, as they come. */
  SUBSCRIBE("Subscribe"),
  /** Points gone. */
  DELETE("Delete"),
  /** Buffered points to the tree. */
  FLUSH("Flush"),
  /** Tags and collection. */
  SET_TAGS("SetStreamTags"),
  /** Annotations. */
  SET_ANNOTATIONS("SetStreamAnnotations"),
  /** A stream gone. */
  OBLITERATE("Obliterate");

  private final String wireName;

  Rpc(String wireName) {
    this.wireName = wireName;
  }

  /** The name in the wire contract. */
  public String wireName() {
    return wireName;
  }
}
