package org.btrdb.embedded.store;

import java.io.IOException;

/** Held while space in the store's file is used again, so that nobody begins to copy the file. */
interface SpaceLock {
  /** Nobody else copies. */
  SpaceLock NONE =
      new SpaceLock() {
        @Override
        public boolean take() {
          return true;
        }

        @Override
        public void leave() {}
      };

  /** Takes it, if it is not held already; false if somebody copies. */
  boolean take();

  /** Gives it back, if it is held. */
  void leave() throws IOException;
}
