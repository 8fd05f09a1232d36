namespace HostingOps.Engine.Apex.Recovery;

/// <summary>Brings a configuration that is too large for user data to a redirector that has booted without it.</summary>
internal interface IConfigPublisher
{
    /// <summary>Why it can't, in one sentence, or null when it can.</summary>
    string? Refusal { get; }

    /// <summary>Publishes, once the instance lets us in.</summary>
    /// <param name="instanceId">The instance, whose host keys are read by its id.</param>
    /// <param name="address">Its own public address.</param>
    /// <param name="config">The configuration.</param>
    /// <param name="timeout">How long that may take.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="HostingException">It did not come to pass; the redirector is as it was.</exception>
    Task PublishAsync(string instanceId, string address, ApexRedirectConfig config, TimeSpan timeout, CancellationToken cancellationToken);
}
