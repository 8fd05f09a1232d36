using System.Diagnostics;
using System.Globalization;
using HostingOps.Engine.State;
using HostingOps.Engine.Tests.State;

namespace HostingOps.Engine.Tests.State
{
    /// <summary>A real second process that writes to a journal: this assembly again, taken over by its start-up hook before its own entry point.</summary>
    internal static class WriterProcess
    {
        private const string Variable = "HOSTINGOPS_TEST_WRITER";

        /// <summary>Starts a process that carries out operations on a site, one after the other.</summary>
        public static Process Start(string databasePath, string site, int operations)
        {
            var assembly = typeof(WriterProcess).Assembly.Location;
            var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            start.ArgumentList.Add(assembly);
            start.Environment["DOTNET_STARTUP_HOOKS"] = assembly;
            start.Environment[Variable] = string.Join('\n', databasePath, site, operations.ToString(CultureInfo.InvariantCulture));
            return Process.Start(start)!;
        }

        public static void Run()
        {
            if (Environment.GetEnvironmentVariable(Variable)?.Split('\n') is not [var path, var site, var operations])
            {
                return;
            }

            using var database = StateDatabase.Open(path, TimeProvider.System, TimeSpan.FromSeconds(60));
            var journal = new FailoverJournal(database);
            using var lease = new OperationLock(database).TryAcquire(Journals.Zone, site, "OP", "writer@desk", TimeSpan.FromHours(1), out _)!;
            for (var count = int.Parse(operations, CultureInfo.InvariantCulture); count > 0; count--)
            {
                var id = journal.Begin(Journals.Operation(site));
                journal.Switch(id, site);
                journal.Finish(id, site, FailoverOutcome.Succeeded, "done", null, null);
                Console.Out.WriteLine(id);
            }

            lease.Dispose();
            Environment.Exit(0);
        }
    }
}

/// <summary>The name and shape that the runtime looks for in a start-up hook.</summary>
internal static class StartupHook
{
    public static void Initialize()
    {
        WriterProcess.Run();
        HostingOps.Engine.Tests.Mirror.Generations.SaverProcess.Run();
    }
}
