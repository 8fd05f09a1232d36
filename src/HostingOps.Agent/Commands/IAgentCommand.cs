using System.CommandLine;
using HostingOps.Agent.ExitCodes;

namespace HostingOps.Agent.Commands;

/// <summary>One command of the agent.</summary>
internal interface IAgentCommand
{
    /// <summary>How it is called and what it understands.</summary>
    Command Command { get; }

    /// <summary>Command lines for the help, each with what it does.</summary>
    IReadOnlyList<(string CommandLine, string Effect)> Examples { get; }

    /// <summary>Does it.</summary>
    /// <exception cref="HostingException">Whatever stands in the way.</exception>
    Task<ExitCode> RunAsync(ParseResult parse, AgentContext context, CancellationToken cancellationToken);
}
