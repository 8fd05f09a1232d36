using System.Globalization;
using HostingOps.Agent;
using HostingOps.Agent.Terminal;

// Output is read by programs and by people everywhere: it never depends on the machine's language.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;

var terminal = AgentTerminal.OfProcess();
using var interrupt = new InterruptSignal(() =>
{
    if (terminal.ErrorIsTerminal)
    {
        terminal.Error.WriteLine();
        terminal.Error.WriteLine("Stopping at the next safe place; once more kills.");
    }
}, terminal.Hangup);
return (int)await new AgentApplication(terminal, TimeProvider.System).RunAsync(args, interrupt.Token);
