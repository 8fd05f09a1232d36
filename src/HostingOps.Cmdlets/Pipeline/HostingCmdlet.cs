using System.Management.Automation;
using System.Management.Automation.Host;

namespace HostingOps.Cmdlets.Pipeline;

/// <summary>
/// Base of all cmdlets: runs their asynchronous work off the pipeline thread, writes what it emits as it arrives,
/// cancels it when the pipeline stops, and turns its errors into PowerShell's.
/// </summary>
public abstract class HostingCmdlet : PSCmdlet, IEmissionSink
{
    private readonly CancellationTokenSource stopping = new();
    private readonly Dictionary<string, int> activities = new(StringComparer.Ordinal);
    private readonly WarningsGiven warningsGiven = new();
    private int lastActivity;

    /// <summary>Whether other work is left that a failure must not stop: then a failure is an error like others.</summary>
    private protected bool OthersFollow { get; set; }

    // Never disposed: work that outlives its grace after Ctrl+C still looks at the token, and there is no timer behind it.
    /// <summary>Stops the work wherever it waits.</summary>
    protected override void StopProcessing() => _ = stopping.CancelAsync();

    /// <summary>Runs work to its end; a failure of it ends the command.</summary>
    private protected void Run(Func<PipelineWork, Task> work)
    {
        Exception? failure;
        try
        {
            failure = CmdletPump.Run(work, this, stopping.Token, warningsGiven);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        finally
        {
            EndProgress();
        }

        if (failure is not null)
        {
            Fail(failure);
        }
    }

    /// <summary>As <see cref="Run(Func{PipelineWork, Task})"/>, after a preparation on the pipeline thread that may fail.</summary>
    private protected void Run(Func<Func<PipelineWork, Task>> prepare)
    {
        Func<PipelineWork, Task> work;
        try
        {
            work = prepare();
        }
        catch (HostingException error)
        {
            Fail(error);
            return;
        }

        Run(work);
    }

    /// <summary>
    /// ShouldProcess, with -Force as an answer to the question and to nothing else: -WhatIf still only tells, and an
    /// explicit -Confirm still asks.
    /// </summary>
    private protected bool ShouldProcessUnlessForced(bool force, string description, string question, string caption)
    {
        if (!force || IsWhatIf || MyInvocation.BoundParameters.ContainsKey("Confirm"))
        {
            return Confirmed(() => ShouldProcess(description, question, caption));
        }

        WriteVerbose(description);
        return true;
    }

    /// <summary>The answer to a question of ShouldProcess; where nobody can be asked the command ends, and says how to go on.</summary>
    private protected bool Confirmed(Func<bool> shouldProcess)
    {
        try
        {
            return shouldProcess();
        }
        catch (Exception error) when (error is HostException or PSInvalidOperationException or PSNotImplementedException or NullReferenceException)
        {
            // The console host fails with a null reference when its standard input has ended.
            var why = error is NullReferenceException ? "Standard input has ended before the question was answered." : error.Message;
            ThrowTerminatingError(ErrorRecords.From(new HostingException(
                ErrorIds.ConfirmationRequired,
                HostingErrorCategory.Refused,
                MyInvocation.MyCommand.Name,
                $"{MyInvocation.MyCommand.Name} asks for a confirmation, and nobody can be asked. Nothing was changed. {why}",
                "Look with -WhatIf first; then run it with -Confirm:$false, or with -Force where there is one.",
                error)));
            return false;
        }
    }

    private void Fail(Exception failure)
    {
        if (OthersFollow)
        {
            WriteError(ErrorRecords.From(failure));
        }
        else
        {
            ThrowTerminatingError(ErrorRecords.From(failure));
        }
    }

    /// <summary>Whether -WhatIf, or $WhatIfPreference, holds for this command.</summary>
    private protected bool IsWhatIf =>
        MyInvocation.BoundParameters.TryGetValue("WhatIf", out var given)
            ? given is SwitchParameter { IsPresent: true }
            : LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference"));

    void IEmissionSink.Output(object value) => WriteObject(value);

    void IEmissionSink.Error(Exception error, object? target) => WriteError(ErrorRecords.From(error, target));

    void IEmissionSink.Verbose(string message) => WriteVerbose(message);

    void IEmissionSink.Debug(string message) => WriteDebug(message);

    void IEmissionSink.Warning(string message) => WriteWarning(message);

    // A stopped pipeline refuses WriteWarning; the host itself still prints.
    void IEmissionSink.LastWarning(string message)
    {
        var preference = MyInvocation.BoundParameters.TryGetValue("WarningAction", out var given) ? given : GetVariableValue("WarningPreference");
        if (!LanguagePrimitives.TryConvertTo(preference, out ActionPreference action) || action is not (ActionPreference.SilentlyContinue or ActionPreference.Ignore))
        {
            Host?.UI?.WriteWarningLine(message);
        }
    }

    void IEmissionSink.Progress(OperationProgress progress)
    {
        if (!activities.TryGetValue(progress.Activity, out var id))
        {
            id = ++lastActivity;
            activities.Add(progress.Activity, id);
        }

        var record = ProgressRecords.From(id, progress);
        if (progress.Parent is { } parent && activities.TryGetValue(parent, out var parentId))
        {
            record.ParentActivityId = parentId;
        }

        WriteProgress(record);
        if (progress.Completed)
        {
            activities.Remove(progress.Activity);
        }
    }

    // An activity that was cut off would leave its bar on the screen.
    private void EndProgress()
    {
        if (stopping.IsCancellationRequested)
        {
            return;
        }

        foreach (var (activity, id) in activities)
        {
            try
            {
                WriteProgress(new ProgressRecord(id, activity, activity) { RecordType = ProgressRecordType.Completed });
            }
            catch (PipelineStoppedException)
            {
                // A stopping pipeline takes its bars down by itself.
                return;
            }
        }

        activities.Clear();
    }
}
