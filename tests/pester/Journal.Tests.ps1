# What an admin does with the journal and at the prompt, each test in a sandbox as it was in the beginning.
BeforeAll {
    $modulePath = & (Join-Path $PSScriptRoot 'Get-TestedModule.ps1')
    Import-Module $modulePath -Force
    $inventory = Join-Path $TestDrive 'rehearsal.yml'
    . (Join-Path $PSScriptRoot 'Rehearsal.ps1')
    Set-Content $inventory $rehearsalInventory

    # The console's own prompt, answered through its standard input.
    function Invoke-Answering([string] $Command, [string[]] $Answer) {
        $text = $Answer | & ([Environment]::ProcessPath) -NoProfile -Command "Import-Module '$modulePath'; $Command" 2>&1 | Out-String
        [pscustomobject]@{ ExitCode = $LASTEXITCODE; Text = $text }
    }
}

Describe 'In a sandbox of its own:' {
    BeforeEach {
        $state = Join-Path $TestDrive "$([guid]::NewGuid()).db"
        $env:HOSTINGOPS_STATE = $state
        $sandbox = Start-HostingSandbox -InventoryPath $inventory
        $env:HOSTINGOPS_INVENTORY = $sandbox.InventoryPath
    }

    AfterEach {
        $sandbox.Dispose()
        $env:HOSTINGOPS_STATE = $null
        $env:HOSTINGOPS_INVENTORY = $null
    }

    Context 'Undo-SiteFailover from the journal' {
        It 'takes each site back once, its newest operation, whatever order the rows come in' {
            $null = Invoke-SiteFailover acme, clinic -Planned -Force
            $newest = Invoke-SiteFailover acme -Planned -Force
            Get-ActiveHost | Should -Be 'acme left, bakery right, clinic right'

            $undone = Get-SiteFailoverHistory | Sort-Object StartedAt | Undo-SiteFailover -Force -WarningVariable left -WarningAction SilentlyContinue
            $undone.SiteName | Sort-Object | Should -Be 'acme', 'clinic'
            Get-ActiveHost | Should -Be 'acme right, bakery right, clinic left'
            (Get-SiteFailoverHistory acme)[0].UndoOf | Should -Be $newest.OperationId
            $left | Should -HaveCount 1
            $left | Should -Match 'acme of .* newer'
        }

        It 'leaves alone what was taken back already, with one warning and no error' {
            $null = Invoke-SiteFailover acme, clinic -Planned -Force
            $null = Get-SiteFailoverHistory | Undo-SiteFailover -Force
            $before = Get-ActiveHost
            $again = Get-SiteFailoverHistory | Where-Object Kind -EQ Switchover |
                Undo-SiteFailover -Force -WarningVariable left -WarningAction SilentlyContinue -ErrorVariable failed
            $again | Should -BeNullOrEmpty
            $failed | Should -BeNullOrEmpty
            $left | Should -HaveCount 1
            $left | Should -Match 'taken back already'
            Get-ActiveHost | Should -Be $before
        }

        It 'does not take the result of a refused site for an order to take back an older operation' {
            $null = Invoke-SiteFailover acme -Planned -Force
            $refused = Invoke-SiteFailover acme -Force -ErrorAction SilentlyContinue
            $refused.Outcome | Should -Be 'Refused'
            $refused | Undo-SiteFailover -Force -ErrorAction SilentlyContinue -ErrorVariable failed | Should -BeNullOrEmpty
            $failed.FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
            $failed.TargetObject | Should -Be 'acme'
            Get-ActiveHost | Should -Be 'acme right, bakery right, clinic left'
        }

        It 'goes on after an operation that is not there' {
            $moved = Invoke-SiteFailover acme -Planned -Force
            $undone = [pscustomobject]@{ OperationId = 'NOSUCH' }, $moved | Undo-SiteFailover -Force -ErrorAction SilentlyContinue -ErrorVariable failed
            $undone.SiteName | Should -Be 'acme'
            $failed | Should -HaveCount 1
            $failed.FullyQualifiedErrorId | Should -BeLike 'OperationNotFound,*'
            $failed.TargetObject | Should -Be 'NOSUCH'
        }
    }

    Context 'Resume-SiteFailover from the journal' {
        It 'passes over what has ended, with one warning' {
            $null = Invoke-SiteFailover acme, clinic -Planned -Force
            Get-SiteFailoverHistory | Resume-SiteFailover -Force -WarningVariable left -WarningAction SilentlyContinue -ErrorVariable failed | Should -BeNullOrEmpty
            $failed | Should -BeNullOrEmpty
            $left | Should -HaveCount 1
        }

        It 'finishes what was stopped during a hook' {
            $yaml = Get-Content $sandbox.InventoryPath -Raw
            $began = (Join-Path $TestDrive 'hook-began') -replace '\\', '/'
            # It hangs the first time only: Resume runs the hook again, as the plan in the journal has it.
            $script = "if (Test-Path '$began') { exit } `$null = New-Item '$began'; Start-Sleep 50"
            $hook = "`$1`n    hooks: { promote: [[pwsh, -NoProfile, -Command, `"$script`"]] }"
            Set-Content $sandbox.InventoryPath ($yaml -replace '(?m)^(  acme:)$', $hook.Replace('$null', '$$null'))
            (Get-HostedSite acme).Hooks.Promote.Count | Should -Be 1
            $shell = [powershell]::Create()
            try {
                $null = $shell.AddScript("Import-Module '$modulePath'; Invoke-SiteFailover acme, clinic -Planned -Force")
                $running = $shell.BeginInvoke()
                $deadline = [datetime]::UtcNow.AddSeconds(60)
                while (-not (Test-Path $began) -and [datetime]::UtcNow -lt $deadline) { Start-Sleep -Milliseconds 100 }
                $began | Should -Exist
                $watch = [Diagnostics.Stopwatch]::StartNew()
                $shell.Stop()
                $watch.Elapsed.TotalSeconds | Should -BeLessThan 30 -Because 'the hook would run for 50 seconds'
                $running.IsCompleted | Should -BeTrue
            }
            finally {
                $shell.Dispose()
            }

            $open = Get-SiteFailoverHistory -ResumableOnly
            $open.SiteName | Sort-Object | Should -Be 'acme', 'clinic'
            Get-ActiveHost | Should -Be 'acme left, bakery right, clinic left'
            $finished = $open | Resume-SiteFailover -Force
            $finished.Outcome | Sort-Object -Unique | Should -Be 'Succeeded'
            Get-ActiveHost | Should -Be 'acme right, bakery right, clinic right'
            Get-SiteFailoverHistory -ResumableOnly | Should -BeNullOrEmpty
        }
    }

    Context 'Resume-SiteFailover after a stop in the wait for INSYNC' {
        It 'finds the change made and finishes it' {
            # Throttled answers keep the wait going until the pipeline is stopped.
            $sandbox.Faults.FailNext('GetChange', 'Throttled', 1000)
            $shell = [powershell]::Create()
            try {
                $null = $shell.AddScript("Import-Module '$modulePath'; Invoke-SiteFailover acme -Planned -Force")
                $running = $shell.BeginInvoke()
                $deadline = [datetime]::UtcNow.AddSeconds(60)
                while (-not $sandbox.ApiCalls['GetChange'] -and [datetime]::UtcNow -lt $deadline) { Start-Sleep -Milliseconds 100 }
                $sandbox.ApiCalls['GetChange'] | Should -BeGreaterThan 0
                $running.IsCompleted | Should -BeFalse
                $watch = [Diagnostics.Stopwatch]::StartNew()
                $shell.Stop()
                $watch.Elapsed.TotalSeconds | Should -BeLessThan 20
            }
            finally {
                $shell.Dispose()
            }

            $sandbox.Faults.Clear()
            $changes = $sandbox.ApiCalls['ChangeResourceRecordSets']
            (Resume-SiteFailover -Force).Outcome | Should -Be 'Succeeded'
            $sandbox.ApiCalls['ChangeResourceRecordSets'] | Should -Be $changes -Because 'the records were changed before the stop'
            Get-ActiveHost | Should -Be 'acme right, bakery right, clinic left'
        }
    }

    Context 'The question' {
        It 'names the move, the records, what was overridden and why' {
            $shell = Invoke-Answering 'Invoke-SiteFailover acme -Override ActiveDown -Reason Rehearsal' 'N'
            $shell.Text | Should -Match 'Failover of acme: left -> right'
            $shell.Text | Should -Match 'A 203\.0\.113\.10 \(TTL \d+\) -> A 198\.51\.100\.7'
            $shell.Text | Should -Match '! ActiveDown OVERRIDDEN: '
            $shell.Text | Should -Match 'Overridden: Rehearsal'
            Get-ActiveHost | Should -Be 'acme left, bakery right, clinic left'
        }

        It 'moves a site at Yes and leaves one at No' {
            $null = Invoke-Answering 'Invoke-SiteFailover acme, bakery, clinic -Planned' 'Y', 'N', 'Y'
            Get-ActiveHost | Should -Be 'acme right, bakery right, clinic right'
        }

        It 'moves the rest at Yes to All' {
            $null = Invoke-Answering 'Invoke-SiteFailover acme, bakery, clinic -Planned' 'A'
            Get-ActiveHost | Should -Be 'acme right, bakery left, clinic right'
        }

        It 'leaves the rest at No to All' {
            $null = Invoke-Answering 'Invoke-SiteFailover acme, bakery, clinic -Planned' 'Y', 'L'
            Get-ActiveHost | Should -Be 'acme right, bakery right, clinic left'
        }

        It 'is not asked with -Confirm:$false or a $ConfirmPreference of None, and is asked with -Force -Confirm' {
            (Invoke-SiteFailover acme -Planned -Confirm:$false).Outcome | Should -Be 'Succeeded'
            & {
                $ConfirmPreference = 'None'
                (Invoke-SiteFailover clinic -Planned).Outcome | Should -Be 'Succeeded'
            }
            $shell = Invoke-Answering 'Invoke-SiteFailover bakery -Planned -Force -Confirm' 'N'
            $shell.Text | Should -Match 'Switchover of bakery'
            Get-ActiveHost | Should -Be 'acme right, bakery right, clinic right'
        }
    }

    Context 'The surroundings' {
        It 'take a relative state database against the location of PowerShell' {
            Push-Location $TestDrive
            try {
                $env:HOSTINGOPS_STATE = './here.db'
                Disable-SiteFailover acme 'Migration'
                Join-Path $TestDrive 'here.db' | Should -Exist
                $env:HOSTINGOPS_STATE = 'folder/'
                Disable-SiteFailover acme 'Migration'
                Join-Path $TestDrive 'folder/state.db' | Should -Exist
            }
            finally {
                Pop-Location
            }
        }

        It 'give a warning of the inventory once for a whole pipeline' {
            $warned = Join-Path $TestDrive 'warned.yml'
            (Get-Content $sandbox.InventoryPath -Raw) -replace '(?m)caFile: \S+ ', 'caFile: ./gone.pem ' | Set-Content $warned
            (Test-HostingInventory $warned).Severity | Should -Be 'Warning'
            $warnings = Get-HostedSite -InventoryPath $warned | Get-SiteDnsTarget | Get-SiteFailoverPlan -Planned 3>&1 | Where-Object { $_ -is [System.Management.Automation.WarningRecord] }
            $all = & { Get-HostedSite -InventoryPath $warned | Get-SiteDnsTarget | Test-SiteHealth -Target All } 3>&1 | Where-Object { $_ -is [System.Management.Automation.WarningRecord] }
            $warnings | Should -BeNullOrEmpty
            $all | Should -HaveCount 1
        }

        It 'are the same in another culture: <_>' -ForEach 'tr-TR', 'de-DE', 'ar-SA' {
            $culture = [cultureinfo]::CurrentCulture
            try {
                [cultureinfo]::CurrentCulture = $_
                (Get-HostedSite 'C*I*').Name | Should -Be 'clinic'
                $moved = Invoke-SiteFailover CLINIC -Planned -Force
                $moved.Outcome | Should -Be 'Succeeded'
                $moved | Format-List | Out-String | Should -Match "Started +: $([datetime]::UtcNow.Year)-"
                Get-SiteFailoverHistory -Since ([datetime]::UtcNow.AddHours(-1)) | Should -HaveCount 1
            }
            finally {
                [cultureinfo]::CurrentCulture = $culture
            }
        }

        It 'complete the ids of operations' {
            $moved = Invoke-SiteFailover acme -Planned -Force
            $line = "Undo-SiteFailover -OperationId $($moved.OperationId.Substring(0, 6))"
            (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be $moved.OperationId
        }

        It 'keep escape codes out of a transcript' {
            $transcript = Join-Path $TestDrive 'transcript.txt'
            $null = Start-Transcript $transcript
            try {
                Test-SiteHealth -Target All | Out-Host
            }
            finally {
                $null = Stop-Transcript
            }

            $text = Get-Content $transcript -Raw
            $text | Should -Match 'acme +left +Healthy'
            $text | Should -Not -Match "`e"
        }
    }
}
