namespace HostingOps.Engine.Apex.Recovery;

/// <summary>Stands where nothing can publish.</summary>
internal sealed class NoConfigPublisher : IConfigPublisher
{
    /// <inheritdoc/>
    public string? Refusal => "a new instance's host keys are not known in advance, so that nothing is sent to it by ssh";

    /// <inheritdoc/>
    public Task PublishAsync(string instanceId, string address, ApexRedirectConfig config, TimeSpan timeout, CancellationToken cancellationToken) =>
        throw new HostingException(ErrorIds.ApexRecoveryRefused, HostingErrorCategory.Refused, address, $"The configuration can't be published: {Refusal}.");
}
