# A rehearsal's inventory, a look at its zone and state as they are in bytes, and a host that answers questions.
$rehearsalInventory = @'
version: 1
zone: sites.example.net
defaults:
  check: { timeout: 60s, interval: 120s, confirmInterval: 100ms, failAfter: 2 }
  policy: { cooldown: 0s }
hosts:
  left: { provider: one, address: 203.0.113.10 }
  right: { provider: two, address: 198.51.100.7 }
sites:
  acme: { domain: acme.example, primary: left, secondary: right }
  bakery: { domain: bakery.example, primary: right, secondary: left }
  clinic: { domain: clinic.example, primary: left, secondary: right }
policy: { maxFailovers: 10, maxFailoverPercent: 100 }
'@

function New-Rehearsal([string] $Yaml = $rehearsalInventory) {
    $path = Join-Path $TestDrive "$([guid]::NewGuid()).yml"
    Set-Content $path $Yaml
    Start-HostingSandbox -InventoryPath $path
}

function Get-ActiveHost([string] $InventoryPath) {
    $where = $InventoryPath ? @{ InventoryPath = $InventoryPath } : @{}
    (Get-SiteDnsTarget @where | ForEach-Object { "$($_.SiteName) $($_.ActiveHost)" }) -join ', '
}

# What Route 53's API says, byte by byte. The sandbox looks at a signature's form only.
function Get-ZoneBody($Sandbox) {
    $now = [datetime]::UtcNow
    $headers = @{
        'X-Amz-Date' = $now.ToString("yyyyMMdd'T'HHmmss'Z'", [cultureinfo]::InvariantCulture)
        Authorization = "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/$($now.ToString('yyyyMMdd', [cultureinfo]::InvariantCulture))/us-east-1/route53/aws4_request, SignedHeaders=host;x-amz-date, Signature=$('0' * 64)"
    }
    $answer = Invoke-WebRequest "$($Sandbox.EndpointUrl)/2013-04-01/hostedzone/$($Sandbox.ZoneId -replace '.*/')/rrset" -Headers $headers -SkipHeaderValidation
    [Text.Encoding]::UTF8.GetString($answer.RawContentStream.ToArray())
}

function Get-StateHash {
    Get-ChildItem "$env:HOSTINGOPS_STATE*" | Where-Object Name -NotLike '*-shm' | Sort-Object Name | ForEach-Object { "$($_.Name) $((Get-FileHash $_).Hash)" }
}

if (-not ('HostingOps.Tests.AnsweringHost' -as [type])) {
    Add-Type -WarningAction Ignore -TypeDefinition @'
using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace HostingOps.Tests
{
    // Answers questions from a list, and keeps what was asked and shown.
    public sealed class AnsweringHost : PSHost
    {
        private readonly AnsweringUI ui;
        private readonly Guid id = Guid.NewGuid();
        public AnsweringHost(string[] answers) { ui = new AnsweringUI(answers); }
        public AnsweringUI Asked { get { return ui; } }
        public int Suspended { get; private set; }
        public override string Name { get { return "AnsweringHost"; } }
        public override Version Version { get { return new Version(1, 0); } }
        public override Guid InstanceId { get { return id; } }
        public override PSHostUserInterface UI { get { return ui; } }
        public override CultureInfo CurrentCulture { get { return CultureInfo.CurrentCulture; } }
        public override CultureInfo CurrentUICulture { get { return CultureInfo.CurrentUICulture; } }
        public override void EnterNestedPrompt() { Suspended++; }
        public override void ExitNestedPrompt() { }
        public override void NotifyBeginApplication() { }
        public override void NotifyEndApplication() { }
        public override void SetShouldExit(int exitCode) { }
    }

    public sealed class AnsweringUI : PSHostUserInterface
    {
        private readonly Queue<string> answers;
        public AnsweringUI(string[] answers) { this.answers = new Queue<string>(answers ?? new string[0]); }
        public List<string> Questions { get; } = new List<string>();
        public List<string> Captions { get; } = new List<string>();
        public List<string> Lines { get; } = new List<string>();
        public override PSHostRawUserInterface RawUI { get { return null; } }
        public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
        {
            Captions.Add(caption);
            Questions.Add(message);
            if (answers.Count == 0) { throw new HostException("Nobody is here."); }
            var answer = answers.Dequeue();
            for (var i = 0; i < choices.Count; i++)
            {
                if (choices[i].Label.Replace("&", "").Equals(answer, StringComparison.OrdinalIgnoreCase)) { return i; }
            }
            throw new HostException("No such choice: " + answer);
        }
        public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) { throw new HostException("Nobody is here."); }
        public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) { throw new HostException("Nobody is here."); }
        public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName, PSCredentialTypes types, PSCredentialUIOptions options) { throw new HostException("Nobody is here."); }
        public override string ReadLine() { throw new HostException("Nobody is here."); }
        public override SecureString ReadLineAsSecureString() { throw new HostException("Nobody is here."); }
        public override void Write(string value) { Lines.Add(value); }
        public override void Write(ConsoleColor foreground, ConsoleColor background, string value) { Lines.Add(value); }
        public override void WriteLine(string value) { Lines.Add(value); }
        public override void WriteErrorLine(string value) { Lines.Add(value); }
        public override void WriteDebugLine(string value) { Lines.Add(value); }
        public override void WriteVerboseLine(string value) { Lines.Add(value); }
        public override void WriteWarningLine(string value) { Lines.Add(value); }
        public override void WriteProgress(long sourceId, ProgressRecord record) { }
    }
}
'@
}

# Runs a script where the answers are given, one per question.
function Invoke-Asked([string] $Script, [string[]] $Answer = @()) {
    $asker = [HostingOps.Tests.AnsweringHost]::new($Answer)
    $runspace = [runspacefactory]::CreateRunspace($asker)
    $runspace.Open()
    $shell = [powershell]::Create($runspace)
    try {
        $null = $shell.AddScript("Import-Module '$modulePath'; $Script")
        $output = @($shell.Invoke())
        [pscustomobject]@{
            Output = $output
            Errors = @($shell.Streams.Error)
            Questions = @($asker.Asked.Questions)
            Captions = @($asker.Asked.Captions)
            Lines = @($asker.Asked.Lines)
            Suspended = $asker.Suspended
        }
    }
    finally {
        $shell.Dispose()
        $runspace.Dispose()
    }
}
