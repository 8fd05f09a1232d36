namespace HostingOps;

/// <summary>How many of its last routine checks may fail before a site that answers now and then is down all the same.</summary>
/// <param name="Failures">Failures that make it down. 3 to <paramref name="Of"/>.</param>
/// <param name="Of">Checks looked back at. To 60.</param>
public readonly record struct IntermittentFailures(int Failures, int Of)
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Failures} of {Of}");
}
