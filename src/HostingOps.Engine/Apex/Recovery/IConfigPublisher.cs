namespace HostingOps.Engine.Apex.Recovery;

/// <summary>Brings a configuration that is too large for user data to a redirector that has booted without it.</summary>
internal interface IConfigPublisher
{
    /// <summary>Why it can't, as a part of a sentence, or null when it can.</summary>
    /// <param name="keyName">The instance's key pair, or null for none.</param>
    string? RefusalFor(string? keyName);

    /// <summary>What it needs besides, in one sentence.</summary>
    /// <param name="keyName">The instance's key pair.</param>
    string Needs(string keyName);

    /// <summary>Publishes, once the instance lets us in. Doing it again is harmless.</summary>
    /// <param name="instanceId">The instance, whose host keys are read by its id.</param>
    /// <param name="address">Its own public address.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What was done, in one sentence.</returns>
    /// <exception cref="HostingException">It did not come to pass; the redirector is as it was.</exception>
    Task<string> PublishAsync(string instanceId, string address, CancellationToken cancellationToken);
}
