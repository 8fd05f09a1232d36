namespace HostingOps.Cmdlets.Tests.Module;

/// <summary>One test of the Pester suite, run.</summary>
/// <param name="Name">File, blocks and test.</param>
/// <param name="Result">Pester's word: Passed, Failed, Skipped, Inconclusive or NotRun.</param>
/// <param name="Message">Why it failed or was skipped.</param>
/// <param name="Seconds">How long it took in PowerShell.</param>
public sealed record PesterTest(string Name, string Result, string Message, double Seconds)
{
    public static PesterTest Failed(string name, string message) => new(name, nameof(Failed), message, 0);

    public static PesterTest Skipped(string name, string message) => new(name, nameof(Skipped), message, 0);

    // xunit shows this as the test's argument.
    public override string ToString() => Name;
}
