using HostingOps.Agent.Commands;
using HostingOps.Agent.Terminal;

namespace HostingOps.Agent.Tests.Commands;

/// <summary>A terminal in memory at which somebody has typed.</summary>
internal sealed class FakeTerminal(string typed = "", bool interactive = true)
{
    public StringWriter Out { get; } = new() { NewLine = "\n" };

    public StringWriter Error { get; } = new() { NewLine = "\n" };

    public AgentTerminal Terminal => new()
    {
        Out = Out,
        Error = Error,
        In = new StringReader(typed),
        OutIsTerminal = interactive,
        ErrorIsTerminal = interactive,
        InIsTerminal = interactive,
    };

    public AgentContext Context(bool json = false) => new(Terminal, json, verbose: false, noColor: true, TimeProvider.System);
}
