using System.CommandLine;
using HostingOps.Engine.Failover;

namespace HostingOps.Agent.CommandLine;

/// <summary>How long an operation waits for what it can't hurry.</summary>
internal sealed class RunOptions
{
    private static readonly InvokeOptions Defaults = new();

    private readonly Option<int> sync = NamedValues.Positive(
        "--sync-timeout", (int)Defaults.SyncTimeout.TotalSeconds, "SECONDS", "How long to wait until Route 53 says INSYNC.");

    private readonly Option<int> verify = NamedValues.Positive(
        "--verify-timeout", (int)Defaults.VerifyTimeout.TotalSeconds, "SECONDS", "How long to ask the name servers until all agree.");

    public void AddTo(Command command)
    {
        command.Options.Add(sync);
        command.Options.Add(verify);
    }

    public InvokeOptions Read(ParseResult parse) => new()
    {
        SyncTimeout = TimeSpan.FromSeconds(parse.GetValue(sync)),
        VerifyTimeout = TimeSpan.FromSeconds(parse.GetValue(verify)),
    };
}
