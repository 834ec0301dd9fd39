package org.example.layout;

import org.reassign.api.spi.StorageLayout;
import org.reassign.testkit.StorageLayoutContract;

class OneZnodePerTopicContractTest implements StorageLayoutContract {
    @Override
    public StorageLayout layout() {
        return new OneZnodePerTopic();
    }
}
