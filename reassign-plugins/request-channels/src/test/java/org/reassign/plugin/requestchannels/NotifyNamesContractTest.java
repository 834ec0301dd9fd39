package org.reassign.plugin.requestchannels;

import org.reassign.api.spi.RequestChannel;
import org.reassign.testkit.RequestChannelContract;

class NotifyNamesContractTest implements RequestChannelContract {
    @Override
    public RequestChannel channel() {
        return new NotifyNames();
    }

    @Override
    public boolean ordersByCreation() {
        return false;
    }

    @Override
    public boolean refusesWhatNobodyCanRead() {
        return false;
    }
}
