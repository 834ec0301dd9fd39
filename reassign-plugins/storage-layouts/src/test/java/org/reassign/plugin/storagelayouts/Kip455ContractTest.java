package org.reassign.plugin.storagelayouts;

import org.reassign.api.spi.StorageLayout;
import org.reassign.testkit.StorageLayoutContract;

class Kip455ContractTest implements StorageLayoutContract {
    @Override
    public StorageLayout layout() {
        return new Kip455();
    }
}
