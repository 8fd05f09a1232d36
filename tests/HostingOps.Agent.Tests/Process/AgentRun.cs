using System.Text.Json;
using HostingOps.Agent.ExitCodes;

namespace HostingOps.Agent.Tests.Process;

/// <summary>What a finished agent process left.</summary>
internal sealed record AgentRun(int Code, string Out, string Error)
{
    public JsonElement Json => JsonDocument.Parse(Out).RootElement;

    public JsonElement ErrorJson => JsonDocument.Parse(Error.TrimEnd().Split('\n')[^1]).RootElement.GetProperty("error");

    public AgentRun Ended(ExitCode expected)
    {
        Assert.True((int)expected == Code, $"Expected exit code {(int)expected}, got {Code}.\nstdout:\n{Out}\nstderr:\n{Error}");
        return this;
    }
}
