package org.reassign.plugin.storagelayouts;

import org.reassign.api.spi.StorageLayout;
import org.reassign.testkit.StorageLayoutContract;

class ConsolidatedContractTest implements StorageLayoutContract {
    @Override
    public StorageLayout layout() {
        return new Consolidated();
    }
}
