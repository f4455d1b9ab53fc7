<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>Amounts</name>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 min %2 s</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 h %2 min</translation>
    </message>
    <message>
        <source>%1 B</source>
        <translation>%1 B</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
</context>
<context>
    <name>BudgetTexts</name>
    <message>
        <source>%1 tokens</source>
        <translation>%1 Token</translation>
    </message>
    <message>
        <source>at least %1 of %2</source>
        <translation>mindestens %1 von %2</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>today</source>
        <translation>heute</translation>
    </message>
    <message>
        <source>this week</source>
        <translation>diese Woche</translation>
    </message>
    <message>
        <source>this month</source>
        <translation>diesen Monat</translation>
    </message>
    <message>
        <source>at %1</source>
        <translation>um %1</translation>
    </message>
    <message>
        <source>on %1</source>
        <translation>am %1</translation>
    </message>
    <message>
        <source>Budget “%1” is nearly spent</source>
        <translation>Budget „%1“ ist fast verbraucht</translation>
    </message>
    <message>
        <source>Budget “%1” will not last</source>
        <translation>Budget „%1“ wird nicht reichen</translation>
    </message>
    <message>
        <source>Budget “%1” is exceeded</source>
        <translation>Budget „%1“ ist überschritten</translation>
    </message>
    <message>
        <source>Spent %1: %2.</source>
        <translation>Verbraucht %1: %2.</translation>
    </message>
    <message>
        <source>At this rate it is used up %1 or earlier.</source>
        <translation>Bei diesem Verbrauch ist es %1 oder früher aufgebraucht.</translation>
    </message>
    <message>
        <source>At this rate it is used up %1.</source>
        <translation>Bei diesem Verbrauch ist es %1 aufgebraucht.</translation>
    </message>
</context>
<context>
    <name>CaBundle</name>
    <message>
        <source>The certificate %1 cannot be read.</source>
        <translation>Das Zertifikat %1 kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2.</source>
        <translation>%1 kann nicht geschrieben werden: %2.</translation>
    </message>
</context>
<context>
    <name>CallTexts</name>
    <message>
        <source>as the provider reported it</source>
        <translation>wie vom Anbieter gemeldet</translation>
    </message>
    <message>
        <source>not reported by the provider</source>
        <translation>vom Anbieter nicht gemeldet</translation>
    </message>
    <message>
        <source>the answer was cut short: at least these</source>
        <translation>die Antwort wurde abgeschnitten: mindestens so viele</translation>
    </message>
    <message>
        <source>by your own prices</source>
        <translation>nach eigenen Preisen</translation>
    </message>
    <message>
        <source>as the provider stated it</source>
        <translation>wie vom Anbieter angegeben</translation>
    </message>
    <message>
        <source>by the price list</source>
        <translation>nach der Preisliste</translation>
    </message>
    <message>
        <source>%1 of %2 left</source>
        <translation>%1 von %2 übrig</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>%1 übrig</translation>
    </message>
    <message>
        <source>at most %1</source>
        <translation>höchstens %1</translation>
    </message>
    <message>
        <source>reset: %1</source>
        <translation>zurückgesetzt: %1</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>    read from cache</source>
        <translation>    aus dem Cache gelesen</translation>
    </message>
    <message>
        <source>    written to cache</source>
        <translation>    in den Cache geschrieben</translation>
    </message>
    <message>
        <source>        for an hour</source>
        <translation>        für eine Stunde</translation>
    </message>
    <message>
        <source>    audio heard</source>
        <translation>    gehörter Ton</translation>
    </message>
    <message>
        <source>    images seen</source>
        <translation>    gesehene Bilder</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>Ausgabe</translation>
    </message>
    <message>
        <source>    reasoning</source>
        <translation>    Reasoning</translation>
    </message>
    <message>
        <source>    audio spoken</source>
        <translation>    gesprochener Ton</translation>
    </message>
    <message>
        <source>    images made</source>
        <translation>    erzeugte Bilder</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>Gesamt</translation>
    </message>
    <message>
        <source>Web searches</source>
        <translation>Websuchen</translation>
    </message>
    <message>
        <source>Web pages fetched</source>
        <translation>Abgerufene Webseiten</translation>
    </message>
    <message>
        <source>Not understood</source>
        <translation>Nicht verstanden</translation>
    </message>
    <message>
        <source>the answer is in a form that Hookscope does not know</source>
        <translation>die Antwort hat eine Form, die Hookscope nicht kennt</translation>
    </message>
    <message>
        <source>Model asked for</source>
        <translation>Angefragtes Modell</translation>
    </message>
    <message>
        <source>Service tier</source>
        <translation>Dienststufe</translation>
    </message>
    <message>
        <source>Stop reason</source>
        <translation>Grund des Endes</translation>
    </message>
    <message>
        <source>Answer id</source>
        <translation>Kennung der Antwort</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Usage</source>
        <translation>Verbrauch</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>Kosten</translation>
    </message>
    <message>
        <source>Limit: %1</source>
        <translation>Limit: %1</translation>
    </message>
    <message>
        <source>%1, for %2 calls</source>
        <translation>%1, für %2 Aufrufe</translation>
    </message>
</context>
<context>
    <name>Cells</name>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>pinned</source>
        <translation>angeheftet</translation>
    </message>
    <message>
        <source>colour %1</source>
        <translation>Farbe %1</translation>
    </message>
    <message>
        <source>(tunnel)</source>
        <translation>(Tunnel)</translation>
    </message>
    <message>
        <source>In flight: no answer yet</source>
        <translation>Läuft: noch keine Antwort</translation>
    </message>
    <message>
        <source>Streaming: the answer is arriving</source>
        <translation>Streaming: die Antwort trifft ein</translation>
    </message>
    <message>
        <source>Answered with an error: %1</source>
        <translation>Mit Fehler beantwortet: %1</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source> (the answer was not understood)</source>
        <translation> (die Antwort wurde nicht verstanden)</translation>
    </message>
    <message>
        <source> (slow)</source>
        <translation> (langsam)</translation>
    </message>
    <message>
        <source> (expensive)</source>
        <translation> (teuer)</translation>
    </message>
    <message>
        <source> (from an earlier session or a file)</source>
        <translation> (aus einer früheren Sitzung oder Datei)</translation>
    </message>
</context>
<context>
    <name>Columns</name>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>… in flight, ▸ streaming, ✓ done, ? done but not understood, ✕ failed</source>
        <translation>… läuft, ▸ Streaming, ✓ fertig, ? fertig, aber nicht verstanden, ✕ fehlgeschlagen</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>When the request&apos;s head was read</source>
        <translation>Wann der Kopf der Anfrage gelesen wurde</translation>
    </message>
    <message>
        <source>Sandbox</source>
        <translation>Sandbox</translation>
    </message>
    <message>
        <source>The label that the request came under</source>
        <translation>Die Kennung, unter der die Anfrage kam</translation>
    </message>
    <message>
        <source>Process</source>
        <translation>Prozess</translation>
    </message>
    <message>
        <source>The program that holds the client&apos;s socket, and its id</source>
        <translation>Das Programm, dem der Socket des Clients gehört, und seine Nummer</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Methode</translation>
    </message>
    <message>
        <source>The request&apos;s method</source>
        <translation>Die Methode der Anfrage</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Host</translation>
    </message>
    <message>
        <source>The upstream&apos;s host</source>
        <translation>Der Host des Upstreams</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>Pfad</translation>
    </message>
    <message>
        <source>Path and query of the upstream request</source>
        <translation>Pfad und Query der Anfrage an den Upstream</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>Anbieter</translation>
    </message>
    <message>
        <source>Who serves the model; — if this is no LLM call</source>
        <translation>Wer das Modell betreibt; — wenn dies kein LLM-Aufruf ist</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>The model that answered, else the one asked for</source>
        <translation>Das Modell, das geantwortet hat, sonst das angefragte</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>The status as the client got it</source>
        <translation>Der Status, wie ihn der Client erhielt</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>Input tokens</source>
        <translation>Eingabe-Token</translation>
    </message>
    <message>
        <source>Tokens of the whole prompt, cached or not</source>
        <translation>Token des ganzen Prompts, ob aus dem Cache oder nicht</translation>
    </message>
    <message>
        <source>Cached</source>
        <translation>Cache</translation>
    </message>
    <message>
        <source>Cached tokens</source>
        <translation>Token aus dem Cache</translation>
    </message>
    <message>
        <source>Tokens of the prompt read from the cache</source>
        <translation>Token des Prompts, die aus dem Cache gelesen wurden</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>Ausgabe</translation>
    </message>
    <message>
        <source>Output tokens</source>
        <translation>Ausgabe-Token</translation>
    </message>
    <message>
        <source>Tokens of the whole answer</source>
        <translation>Token der ganzen Antwort</translation>
    </message>
    <message>
        <source>Reason.</source>
        <translation>Reason.</translation>
    </message>
    <message>
        <source>Reasoning tokens</source>
        <translation>Reasoning-Token</translation>
    </message>
    <message>
        <source>Tokens of the answer spent on reasoning</source>
        <translation>Token der Antwort, die auf das Reasoning entfielen</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>Gesamt</translation>
    </message>
    <message>
        <source>Total tokens</source>
        <translation>Token gesamt</translation>
    </message>
    <message>
        <source>Input plus output tokens</source>
        <translation>Eingabe- plus Ausgabe-Token</translation>
    </message>
    <message>
        <source>TTFT</source>
        <translation>TTFT</translation>
    </message>
    <message>
        <source>Time to first token</source>
        <translation>Zeit bis zum ersten Token</translation>
    </message>
    <message>
        <source>From the request being read to the first content of the answer</source>
        <translation>Vom Lesen der Anfrage bis zum ersten Inhalt der Antwort</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>Latenz</translation>
    </message>
    <message>
        <source>From the request being read to the answer&apos;s head</source>
        <translation>Vom Lesen der Anfrage bis zum Kopf der Antwort</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>From the request being read to the last byte; a clock marks a slow one</source>
        <translation>Vom Lesen der Anfrage bis zum letzten Byte; eine Uhr kennzeichnet eine langsame</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>Kosten</translation>
    </message>
    <message>
        <source>What the call costs in US dollars, ▲ an expensive one; the details say how that is known</source>
        <translation>Was der Aufruf in US-Dollar kostet, ▲ ein teurer; woher das bekannt ist, steht in den Details</translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>Marke</translation>
    </message>
    <message>
        <source>Your pin (P) and colour (1 to 6; 0 takes it away)</source>
        <translation>Eigene Anheftung (P) und Farbe (1 bis 6; 0 entfernt sie)</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Sitzung</translation>
    </message>
    <message>
        <source>The client&apos;s session, where it names one</source>
        <translation>Die Sitzung des Clients, wenn er eine nennt</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Size of the answer</source>
        <translation>Größe der Antwort</translation>
    </message>
    <message>
        <source>The answer&apos;s body as it was on the wire</source>
        <translation>Der Inhalt der Antwort, wie er übertragen wurde</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>Kommentar</translation>
    </message>
    <message>
        <source>Your own words (Ctrl+M)</source>
        <translation>Eigene Worte (Strg+M)</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Zeitachse</translation>
    </message>
    <message>
        <source>When it ran, beside the rows that are shown: waiting, before the first token, streaming</source>
        <translation>Wann sie lief, neben den gezeigten Zeilen: Warten, vor dem ersten Token, Streaming</translation>
    </message>
</context>
<context>
    <name>Detail</name>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>URL</source>
        <translation>URL</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Methode</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Sandbox</source>
        <translation>Sandbox</translation>
    </message>
    <message>
        <source>Process</source>
        <translation>Prozess</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>Anbieter</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Streaming</source>
        <translation>Streaming</translation>
    </message>
    <message>
        <source>Total tokens</source>
        <translation>Token gesamt</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>Kosten</translation>
    </message>
    <message>
        <source>LLM calls</source>
        <translation>LLM-Aufrufe</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Sitzung</translation>
    </message>
    <message>
        <source>Request id</source>
        <translation>Kennung der Anfrage</translation>
    </message>
    <message>
        <source>Request body</source>
        <translation>Inhalt der Anfrage</translation>
    </message>
    <message>
        <source>Answer body</source>
        <translation>Inhalt der Antwort</translation>
    </message>
    <message>
        <source>Exchange id</source>
        <translation>Kennung des Austauschs</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>Begonnen</translation>
    </message>
    <message>
        <source>Answer&apos;s head after</source>
        <translation>Kopf der Antwort nach</translation>
    </message>
    <message>
        <source>First token after</source>
        <translation>Erstes Token nach</translation>
    </message>
    <message>
        <source>Running for</source>
        <translation>Läuft seit</translation>
    </message>
    <message>
        <source>Last byte after</source>
        <translation>Letztes Byte nach</translation>
    </message>
    <message>
        <source>Call %1 of %2</source>
        <translation>Aufruf %1 von %2</translation>
    </message>
    <message>
        <source>Tokens and cost are known when the answer has ended.</source>
        <translation>Token und Kosten sind bekannt, wenn die Antwort beendet ist.</translation>
    </message>
    <message>
        <source>Not recognised as an LLM call.</source>
        <translation>Nicht als LLM-Aufruf erkannt.</translation>
    </message>
    <message>
        <source>on_request · proxy event</source>
        <translation>on_request · Proxy-Ereignis</translation>
    </message>
    <message>
        <source>on_response · LLM event</source>
        <translation>on_response · LLM-Ereignis</translation>
    </message>
    <message>
        <source>on_response · proxy event</source>
        <translation>on_response · Proxy-Ereignis</translation>
    </message>
</context>
<context>
    <name>HookTexts</name>
    <message>
        <source>On request</source>
        <translation>Bei Anfrage</translation>
    </message>
    <message>
        <source>On response</source>
        <translation>Bei Antwort</translation>
    </message>
    <message>
        <source>On budget</source>
        <translation>Bei Budget</translation>
    </message>
    <message>
        <source>Webhook %1</source>
        <translation>Webhook %1</translation>
    </message>
    <message>
        <source>File %1</source>
        <translation>Datei %1</translation>
    </message>
    <message>
        <source>Audit log</source>
        <translation>Audit-Log</translation>
    </message>
    <message>
        <source>%1 copy</source>
        <translation>%1 Kopie</translation>
    </message>
    <message>
        <source>%1 copy %2</source>
        <translation>%1 Kopie %2</translation>
    </message>
    <message>
        <source>%1 at a time</source>
        <translation>%1 gleichzeitig</translation>
    </message>
    <message>
        <source>up to %1 events together</source>
        <translation>bis zu %1 Ereignisse zusammen</translation>
    </message>
    <message>
        <source>Off: the receiver is gone (410)</source>
        <translation>Aus: den Empfänger gibt es nicht mehr (410)</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>Retrying</source>
        <translation>Wiederholt</translation>
    </message>
    <message>
        <source>Failing</source>
        <translation>Schlägt fehl</translation>
    </message>
    <message>
        <source>Paused: the host fails</source>
        <translation>Pausiert: der Host versagt</translation>
    </message>
    <message>
        <source>The receiver is gone (410)</source>
        <translation>Den Empfänger gibt es nicht mehr (410)</translation>
    </message>
    <message>
        <source>At least once</source>
        <translation>Mindestens einmal</translation>
    </message>
    <message>
        <source>Best effort</source>
        <translation>So gut es geht</translation>
    </message>
    <message>
        <source>Program %1</source>
        <translation>Programm %1</translation>
    </message>
    <message>
        <source>Collector %1</source>
        <translation>Collector %1</translation>
    </message>
    <message>
        <source>Desktop notification</source>
        <translation>Desktop-Benachrichtigung</translation>
    </message>
    <message>
        <source>send to %1</source>
        <translation>an %1 senden</translation>
    </message>
    <message>
        <source>write %1</source>
        <translation>%1 schreiben</translation>
    </message>
    <message>
        <source>run %1</source>
        <translation>%1 ausführen</translation>
    </message>
    <message>
        <source>use the value of %1</source>
        <translation>den Wert von %1 verwenden</translation>
    </message>
</context>
<context>
    <name>PaletteTexts</name>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Hoher Kontrast</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
</context>
<context>
    <name>Recipes</name>
    <message>
        <source>Claude Code</source>
        <translation>Claude Code</translation>
    </message>
    <message>
        <source>In the terminal, before the command:</source>
        <translation>Im Terminal, vor dem Befehl:</translation>
    </message>
    <message>
        <source>Codex</source>
        <translation>Codex</translation>
    </message>
    <message>
        <source>In ~/.codex/config.toml:</source>
        <translation>In ~/.codex/config.toml:</translation>
    </message>
    <message>
        <source>Gemini CLI</source>
        <translation>Gemini CLI</translation>
    </message>
    <message>
        <source>OpenAI SDK</source>
        <translation>OpenAI-SDK</translation>
    </message>
    <message>
        <source>In the environment of the program (Python, Node):</source>
        <translation>In der Umgebung des Programms (Python, Node):</translation>
    </message>
    <message>
        <source>Anthropic SDK</source>
        <translation>Anthropic-SDK</translation>
    </message>
    <message>
        <source>curl</source>
        <translation>curl</translation>
    </message>
    <message>
        <source>One call, to see a row appear:</source>
        <translation>Ein Aufruf, um eine Zeile erscheinen zu sehen:</translation>
    </message>
    <message>
        <source>takes it back</source>
        <translation>nimmt es zurück</translation>
    </message>
    <message>
        <source>No certificate is needed.</source>
        <translation>Ein Zertifikat ist nicht nötig.</translation>
    </message>
    <message>
        <source>Hosts whose HTTPS is opened need the certificate %1 to be trusted.</source>
        <translation>Für Hosts, deren HTTPS geöffnet wird, muss dem Zertifikat %1 vertraut werden.</translation>
    </message>
    <message>
        <source>No certificate is needed: HTTPS stays closed, only its host and size are seen.</source>
        <translation>Ein Zertifikat ist nicht nötig: HTTPS bleibt geschlossen, zu sehen sind nur Host und Größe.</translation>
    </message>
    <message>
        <source>The certificate is in the environment: nothing is installed.</source>
        <translation>Das Zertifikat steht in der Umgebung: installiert wird nichts.</translation>
    </message>
    <message>
        <source>OpenCode</source>
        <translation>OpenCode</translation>
    </message>
    <message>
        <source>In opencode.json of the project:</source>
        <translation>In opencode.json des Projekts:</translation>
    </message>
    <message>
        <source>aider</source>
        <translation>aider</translation>
    </message>
    <message>
        <source>This terminal</source>
        <translation>Dieses Terminal</translation>
    </message>
    <message>
        <source>Everything that is started in it from now on, and back again:</source>
        <translation>Alles, was von nun an darin gestartet wird, und wieder zurück:</translation>
    </message>
    <message>
        <source>Anything</source>
        <translation>Alles andere</translation>
    </message>
    <message>
        <source>What reads the proxy variables; plain HTTP is seen whole:</source>
        <translation>Was die Proxy-Variablen liest; einfaches HTTP ist ganz zu sehen:</translation>
    </message>
</context>
<context>
    <name>Rows</name>
    <message>
        <source>No provider stated it.</source>
        <translation>Kein Anbieter hat es angegeben.</translation>
    </message>
    <message>
        <source>Stated for %1 of %2 calls.</source>
        <translation>Angegeben für %1 von %2 Aufrufen.</translation>
    </message>
    <message>
        <source>%1 of the calls</source>
        <translation>%1 der Aufrufe</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>Anbieter</translation>
    </message>
    <message>
        <source>Sandbox</source>
        <translation>Sandbox</translation>
    </message>
    <message>
        <source>%1 %</source>
        <comment>percent</comment>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>Kosten</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>Input and output</source>
        <translation>Eingabe und Ausgabe</translation>
    </message>
    <message>
        <source>Uncached</source>
        <translation>Ohne Cache</translation>
    </message>
    <message>
        <source>Input that was neither read from a cache nor written to one, as far as the providers said</source>
        <translation>Eingabe, die weder aus einem Cache gelesen noch in einen geschrieben wurde, soweit es die Anbieter angaben</translation>
    </message>
    <message>
        <source>Cache read</source>
        <translation>Cache gelesen</translation>
    </message>
    <message>
        <source>Input that was read from a cache</source>
        <translation>Eingabe, die aus einem Cache gelesen wurde</translation>
    </message>
    <message>
        <source>Cache write</source>
        <translation>Cache geschrieben</translation>
    </message>
    <message>
        <source>Input that was written to a cache</source>
        <translation>Eingabe, die in einen Cache geschrieben wurde</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>Ausgabe</translation>
    </message>
    <message>
        <source>The answers, reasoning included</source>
        <translation>Die Antworten samt Reasoning</translation>
    </message>
    <message>
        <source>Reasoning</source>
        <translation>Reasoning</translation>
    </message>
    <message>
        <source>The part of the output that was spent on reasoning</source>
        <translation>Der Teil der Ausgabe, der auf das Reasoning entfiel</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>Aufrufe</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Calls that were answered with 400 or above, or failed</source>
        <translation>Aufrufe, die mit 400 oder darüber beantwortet wurden oder fehlschlugen</translation>
    </message>
    <message>
        <source>(further)</source>
        <translation>(weitere)</translation>
    </message>
    <message>
        <source>There are too many to keep each apart.</source>
        <translation>Es sind zu viele, um sie alle einzeln zu führen.</translation>
    </message>
    <message>
        <source>%1 % of the calls took no longer; to within 0.8 %.</source>
        <translation>%1 % der Aufrufe dauerten nicht länger; auf 0,8 % genau.</translation>
    </message>
    <message>
        <source>First token p%1</source>
        <translation>Erstes Token p%1</translation>
    </message>
    <message>
        <source>From the request to the first content of a streamed answer.</source>
        <translation>Von der Anfrage bis zum ersten Inhalt einer gestreamten Antwort.</translation>
    </message>
    <message>
        <source>Latency p%1</source>
        <translation>Latenz p%1</translation>
    </message>
    <message>
        <source>From the request to the beginning of the answer.</source>
        <translation>Von der Anfrage bis zum Beginn der Antwort.</translation>
    </message>
    <message>
        <source>Of %1 calls</source>
        <translation>Aus %1 Aufrufen</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Sitzung</translation>
    </message>
    <message>
        <source>As the client names it</source>
        <translation>Wie der Client sie nennt</translation>
    </message>
    <message>
        <source>Of the whole session, as far as it was seen</source>
        <translation>Der ganzen Sitzung, soweit sie gesehen wurde</translation>
    </message>
    <message>
        <source>Input and output of the whole session</source>
        <translation>Eingabe und Ausgabe der ganzen Sitzung</translation>
    </message>
    <message>
        <source>First call</source>
        <translation>Erster Aufruf</translation>
    </message>
    <message>
        <source>Last call</source>
        <translation>Letzter Aufruf</translation>
    </message>
</context>
<context>
    <name>SettingsRules</name>
    <message>
        <source>leave out “%1”</source>
        <translation>„%1“ weglassen</translation>
    </message>
    <message>
        <source>leave out the path</source>
        <translation>den Pfad weglassen</translation>
    </message>
    <message>
        <source>it has no host</source>
        <translation>er nennt keinen Host</translation>
    </message>
    <message>
        <source>nothing follows the “=”</source>
        <translation>auf das „=“ folgt nichts</translation>
    </message>
    <message>
        <source>“%1” is no dialect</source>
        <translation>„%1“ ist kein Dialekt</translation>
    </message>
    <message>
        <source>The address to listen on must be an IP address, such as 127.0.0.1, or localhost.</source>
        <translation>Die Adresse, auf der gelauscht wird, muss eine IP-Adresse wie 127.0.0.1 oder localhost sein.</translation>
    </message>
    <message>
        <source>Other machines could use your keys through that address. Listen on 127.0.0.1, or start Hookscope with --listen and --allow-remote.</source>
        <translation>Andere Rechner könnten die eigenen Schlüssel über diese Adresse benutzen. 127.0.0.1 eintragen oder Hookscope mit --listen und --allow-remote starten.</translation>
    </message>
    <message>
        <source>The sandbox label must be one word.</source>
        <translation>Die Sandbox-Kennung muss ein einzelnes Wort sein.</translation>
    </message>
    <message>
        <source>“%1” is not an origin. Write scheme, host and port only: http://localhost:3000</source>
        <translation>„%1“ ist kein Ursprung. Nur Schema, Host und Port angeben: http://localhost:3000</translation>
    </message>
    <message>
        <source>“%1” is no LLM host: %2. Write HOST or HOST=DIALECT, the dialect being one of %3.</source>
        <translation>„%1“ ist kein LLM-Host: %2. HOST oder HOST=DIALEKT angeben, mit einem dieser Dialekte: %3.</translation>
    </message>
    <message>
        <source>the IPv6 address lacks its &apos;]&apos;</source>
        <translation>der IPv6-Adresse fehlt ihre „]“</translation>
    </message>
    <message>
        <source>invalid IPv6 address</source>
        <translation>ungültige IPv6-Adresse</translation>
    </message>
    <message>
        <source>invalid character in the host</source>
        <translation>ungültiges Zeichen im Host</translation>
    </message>
    <message>
        <source>the host is missing</source>
        <translation>der Host fehlt</translation>
    </message>
    <message>
        <source>the port is not a number from 1 to 65535</source>
        <translation>der Port ist keine Zahl von 1 bis 65535</translation>
    </message>
    <message>
        <source>“%1” names no host: %2.</source>
        <translation>„%1“ bezeichnet keinen Host: %2.</translation>
    </message>
    <message>
        <source>The upstream proxy cannot be used: %1.</source>
        <translation>Der Upstream-Proxy kann nicht verwendet werden: %1.</translation>
    </message>
    <message>
        <source>“%1” names no host to look into: %2.</source>
        <translation>„%1“ benennt keinen Host, in den hineingesehen werden kann: %2.</translation>
    </message>
</context>
<context>
    <name>Sums</name>
    <message>
        <source>1 call reported no tokens, or not all of them: at least this many.</source>
        <translation>1 Aufruf meldete keine oder nicht alle Token: mindestens so viele.</translation>
    </message>
    <message>
        <source>%1 calls reported no tokens, or not all of them: at least this many.</source>
        <translation>%1 Aufrufe meldeten keine oder nicht alle Token: mindestens so viele.</translation>
    </message>
    <message>
        <source>1 call has no known price, or was cut short</source>
        <translation>1 Aufruf hat keinen bekannten Preis oder wurde abgeschnitten</translation>
    </message>
    <message>
        <source>%1 calls have no known price, or were cut short</source>
        <translation>%1 Aufrufe haben keinen bekannten Preis oder wurden abgeschnitten</translation>
    </message>
    <message>
        <source>%1: at least this much.</source>
        <translation>%1: mindestens so viel.</translation>
    </message>
</context>
<context>
    <name>hookscope::AttachCheck</name>
    <message>
        <source>no answer came</source>
        <translation>es kam keine Antwort</translation>
    </message>
    <message>
        <source>the answer was %1: %2</source>
        <translation>die Antwort war %1: %2</translation>
    </message>
    <message>
        <source>another program answered</source>
        <translation>ein anderes Programm hat geantwortet</translation>
    </message>
    <message>
        <source>it came another way than it was sent</source>
        <translation>sie kam auf einem anderen Weg, als sie gesendet wurde</translation>
    </message>
</context>
<context>
    <name>hookscope::BodyPage</name>
    <message>
        <source>%1 on the wire</source>
        <translation>%1 übertragen</translation>
    </message>
    <message>
        <source>credentials are masked</source>
        <translation>Zugangsdaten sind maskiert</translation>
    </message>
    <message>
        <source>not whole: %1 of text are kept</source>
        <translation>unvollständig: %1 Text sind aufbewahrt</translation>
    </message>
    <message>
        <source>shown up to %1 characters</source>
        <translation>bis zu %1 Zeichen gezeigt</translation>
    </message>
</context>
<context>
    <name>hookscope::BudgetEditor</name>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>&amp;Entfernen</translation>
    </message>
    <message>
        <source>Budgets</source>
        <translation>Budgets</translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation>&amp;Hinzufügen</translation>
    </message>
</context>
<context>
    <name>hookscope::BudgetFilter</name>
    <message>
        <source>A budget can ask for sandbox, provider, model, host, path, method, session, process and status only, as in model:*opus*.</source>
        <translation>Ein Budget kann nur nach sandbox, provider, model, host, path, method, session, process und status fragen, etwa mit model:*opus*.</translation>
    </message>
</context>
<context>
    <name>hookscope::BudgetTableModel</name>
    <message>
        <source>Budget %1 needs a name, such as “all of a day”.</source>
        <translation>Budget %1 braucht einen Namen, etwa „alles eines Tages“.</translation>
    </message>
    <message>
        <source>Budget %1 has the name of one above it: “%2”. Give it one of its own.</source>
        <translation>Budget %1 hat den Namen eines Budgets darüber: „%2“. Einen eigenen vergeben.</translation>
    </message>
    <message>
        <source>Budget %1: “%2” is not a number of tokens above 0.</source>
        <translation>Budget %1: „%2“ ist keine Anzahl Token über 0.</translation>
    </message>
    <message>
        <source>Budget %1: “%2” is not a number of US dollars above 0 and up to 1000000, with at most six decimals.</source>
        <translation>Budget %1: „%2“ ist kein Betrag in US-Dollar über 0 und bis 1000000 mit höchstens sechs Nachkommastellen.</translation>
    </message>
    <message>
        <source>Budget %1 warns at a whole number of percent from 1 to 100, not at “%2”.</source>
        <translation>Budget %1 warnt bei einer ganzen Prozentzahl von 1 bis 100, nicht bei „%2“.</translation>
    </message>
    <message>
        <source>Budget %1, in its filter: %2</source>
        <translation>Budget %1, in seinem Filter: %2</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>Week</source>
        <translation>Woche</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>Monat</translation>
    </message>
    <message>
        <source>US dollars</source>
        <translation>US-Dollar</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>What warnings and hooks call it</source>
        <translation>Wie Warnungen und Hooks es nennen</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Local days, weeks or months; each begins with nothing spent</source>
        <translation>Kalendertage, -wochen oder -monate der Ortszeit; jeder Zeitraum beginnt bei null</translation>
    </message>
    <message>
        <source>Each</source>
        <translation>Je</translation>
    </message>
    <message>
        <source>What may be spent in a period</source>
        <translation>Was in einem Zeitraum ausgegeben werden darf</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>Limit</translation>
    </message>
    <message>
        <source>Cost, or input and output tokens</source>
        <translation>Kosten oder Eingabe- und Ausgabe-Token</translation>
    </message>
    <message>
        <source>Of</source>
        <translation>Einheit</translation>
    </message>
    <message>
        <source>Warns when that share of the limit is spent</source>
        <translation>Warnt, wenn dieser Anteil des Limits verbraucht ist</translation>
    </message>
    <message>
        <source>Warn at</source>
        <translation>Warnen bei</translation>
    </message>
    <message>
        <source>Which calls count, in the language of the table&apos;s filter: model:*opus*; empty: all</source>
        <translation>Welche Aufrufe zählen, in der Filtersprache der Tabelle: model:*opus*; leer: alle</translation>
    </message>
    <message>
        <source>Only</source>
        <translation>Nur</translation>
    </message>
</context>
<context>
    <name>hookscope::CertificatePage</name>
    <message>
        <source>There is no CA. It is made, for this installation alone, when you name a first host to look into (Network).</source>
        <translation>Es gibt keine CA. Sie wird, allein für diese Installation, erstellt, sobald ein erster Host genannt ist, in den hineingesehen werden soll (Netzwerk).</translation>
    </message>
    <message>
        <source>Hosts that the CA may vouch for</source>
        <translation>Hosts, für die die CA bürgen darf</translation>
    </message>
    <message>
        <source>The CA of this installation</source>
        <translation>Die CA dieser Installation</translation>
    </message>
    <message>
        <source>What trusts it believes Hookscope for the hosts below and no others. The key never leaves this machine, and is for you alone.</source>
        <translation>Wer ihr vertraut, glaubt Hookscope für die Hosts unten und für keine anderen. Der Schlüssel verlässt diesen Rechner nie und ist nur für Sie lesbar.</translation>
    </message>
    <message>
        <source>Name:</source>
        <translation>Name:</translation>
    </message>
    <message>
        <source>SHA-256:</source>
        <translation>SHA-256:</translation>
    </message>
    <message>
        <source>Valid until:</source>
        <translation>Gültig bis:</translation>
    </message>
    <message>
        <source>File:</source>
        <translation>Datei:</translation>
    </message>
    <message>
        <source>Hosts, and all
below them:</source>
        <translation>Hosts und alles
darunter:</translation>
    </message>
    <message>
        <source>Copy &amp;Path</source>
        <translation>Pfad &amp;kopieren</translation>
    </message>
    <message>
        <source>Of the certificate, for what is told of it by hand</source>
        <translation>Des Zertifikats, für Programme, denen es von Hand genannt wird</translation>
    </message>
    <message>
        <source>E&amp;xport…</source>
        <translation>E&amp;xportieren…</translation>
    </message>
    <message>
        <source>The certificate without its key, to import it elsewhere</source>
        <translation>Das Zertifikat ohne seinen Schlüssel, um es anderswo zu importieren</translation>
    </message>
    <message>
        <source>Re&amp;new…</source>
        <translation>Er&amp;neuern…</translation>
    </message>
    <message>
        <source>A new key and certificate; asks first</source>
        <translation>Ein neuer Schlüssel und ein neues Zertifikat; fragt zuerst</translation>
    </message>
    <message>
        <source>Re&amp;move…</source>
        <translation>Ent&amp;fernen…</translation>
    </message>
    <message>
        <source>With all of Hookscope&apos;s that trusts it; asks first</source>
        <translation>Mit allem von Hookscope, was ihr vertraut; fragt zuerst</translation>
    </message>
    <message>
        <source>%1 (%2 days)</source>
        <translation>%1 (%2 Tage)</translation>
    </message>
    <message>
        <source>The path is on the clipboard.</source>
        <translation>Der Pfad ist in der Zwischenablage.</translation>
    </message>
    <message>
        <source>Export the Certificate</source>
        <translation>Zertifikat exportieren</translation>
    </message>
    <message>
        <source>Certificates (*.pem *.crt)</source>
        <translation>Zertifikate (*.pem *.crt)</translation>
    </message>
    <message>
        <source>The certificate is in %1, without its key.</source>
        <translation>Das Zertifikat ist in %1, ohne seinen Schlüssel.</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2.</source>
        <translation>%1 kann nicht geschrieben werden: %2.</translation>
    </message>
</context>
<context>
    <name>hookscope::CollectorDelivery</name>
    <message>
        <source>The queue of its collector is full</source>
        <translation>Die Warteschlange des Collectors ist voll</translation>
    </message>
    <message>
        <source>%1: the span is dropped</source>
        <translation>%1: der Span wird verworfen</translation>
    </message>
    <message>
        <source>Collector %1 answered %2: redirects are not followed, name the new address</source>
        <translation>Collector %1 antwortete %2: Weiterleitungen wird nicht gefolgt, die neue Adresse angeben</translation>
    </message>
    <message>
        <source>Collector %1 answered %2</source>
        <translation>Collector %1 antwortete %2</translation>
    </message>
    <message>
        <source>Export to %1 failed: %2</source>
        <translation>Export an %1 ist fehlgeschlagen: %2</translation>
    </message>
    <message>
        <source>The collector says: %1</source>
        <translation>Der Collector sagt: %1</translation>
    </message>
    <message>
        <source>The collector rejected %1 of %2: %3</source>
        <translation>Der Collector hat %1 von %2 abgelehnt: %3</translation>
    </message>
    <message>
        <source>The collector rejected %1 metric points: %2</source>
        <translation>Der Collector hat %1 Messpunkte abgelehnt: %2</translation>
    </message>
    <message>
        <source>%1: it takes no metrics, and gets none until the hook changes</source>
        <translation>%1: er nimmt keine Metriken an und bekommt keine, bis der Hook sich ändert</translation>
    </message>
    <message>
        <source>Metrics: %1</source>
        <translation>Metriken: %1</translation>
    </message>
</context>
<context>
    <name>hookscope::CompareSetsDialog</name>
    <message>
        <source>%1 Compared With %2</source>
        <translation>%1 im Vergleich mit %2</translation>
    </message>
    <message>
        <source>Hooks only here: %1, only there: %2, that differ: %3, alike: %4.</source>
        <translation>Hooks nur hier: %1, nur dort: %2, verschieden: %3, gleich: %4.</translation>
    </message>
    <message>
        <source>Those that both have are in another order there.</source>
        <translation>Die gemeinsamen stehen dort in anderer Reihenfolge.</translation>
    </message>
    <message>
        <source>Entries there that cannot be used, and are not compared: %1.</source>
        <translation>Dortige Einträge, die unbrauchbar sind und nicht verglichen werden: %1.</translation>
    </message>
    <message>
        <source>Hook</source>
        <translation>Hook</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Unterschied</translation>
    </message>
    <message>
        <source>Keys that differ</source>
        <translation>Verschiedene Schlüssel</translation>
    </message>
    <message>
        <source>differs</source>
        <translation>verschieden</translation>
    </message>
    <message>
        <source>− only in %1</source>
        <translation>− nur in %1</translation>
    </message>
    <message>
        <source>+ only in %1</source>
        <translation>+ nur in %1</translation>
    </message>
    <message>
        <source>Hooks that differ</source>
        <translation>Verschiedene Hooks</translation>
    </message>
    <message>
        <source>The hook in %1</source>
        <translation>Der Hook in %1</translation>
    </message>
</context>
<context>
    <name>hookscope::CompareWindow</name>
    <message>
        <source>tool %1</source>
        <translation>Werkzeug %1</translation>
    </message>
    <message>
        <source>Comparing…</source>
        <translation>Wird verglichen …</translation>
    </message>
    <message>
        <source>Compare %1 with %2</source>
        <translation>%1 mit %2 vergleichen</translation>
    </message>
    <message>
        <source>Differences of the two prompts</source>
        <translation>Unterschiede der beiden Prompts</translation>
    </message>
    <message>
        <source>− %1 lines only in the first, + %2 lines only in the second</source>
        <translation>− %1 Zeilen nur im ersten, + %2 Zeilen nur im zweiten</translation>
    </message>
    <message>
        <source>lines alike: %1</source>
        <translation>gleiche Zeilen: %1</translation>
    </message>
    <message>
        <source>… the rest is not shown</source>
        <translation>… der Rest wird nicht gezeigt</translation>
    </message>
</context>
<context>
    <name>hookscope::ConnectCard</name>
    <message>
        <source>Open Terminal</source>
        <translation>Terminal öffnen</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copied ✓</source>
        <translation>Kopiert ✓</translation>
    </message>
    <message>
        <source>Lines for %1</source>
        <translation>Zeilen für %1</translation>
    </message>
    <message>
        <source>Copy the lines for %1</source>
        <translation>Die Zeilen für %1 kopieren</translation>
    </message>
    <message>
        <source>Open a terminal for %1</source>
        <translation>Ein Terminal für %1 öffnen</translation>
    </message>
    <message>
        <source>Opens a terminal of its own, in which every client finds its way here</source>
        <translation>Öffnet ein eigenes Terminal, in dem jeder Client den Weg hierher findet</translation>
    </message>
    <message>
        <source>✓ connected: %1, 1 request</source>
        <translation>✓ verbunden: %1, 1 Anfrage</translation>
    </message>
    <message>
        <source>✓ connected: %1, %2 requests</source>
        <translation>✓ verbunden: %1, %2 Anfragen</translation>
    </message>
</context>
<context>
    <name>hookscope::ConnectPage</name>
    <message>
        <source>Back to &amp;Requests</source>
        <translation>&amp;Zurück zu den Anfragen</translation>
    </message>
    <message>
        <source>A label of your own, to tell clients apart in the table: it goes into the address</source>
        <translation>Eine eigene Kennung, um Clients in der Tabelle zu unterscheiden: sie kommt in die Adresse</translation>
    </message>
    <message>
        <source>&amp;Sandbox label:</source>
        <translation>&amp;Sandbox-Kennung:</translation>
    </message>
    <message>
        <source>Not listening yet</source>
        <translation>Lauscht noch nicht</translation>
    </message>
    <message>
        <source>Connect an agent to %1</source>
        <translation>Einen Agenten mit %1 verbinden</translation>
    </message>
    <message>
        <source>No client is called like that. The last two cards lead any program here.</source>
        <translation>So heißt kein Client. Die letzten beiden Karten führen jedes Programm hierher.</translation>
    </message>
    <message>
        <source>Search clients</source>
        <translation>Clients suchen</translation>
    </message>
    <message>
        <source>by client</source>
        <translation>je Client</translation>
    </message>
    <message>
        <source>Sends a request by each way that a client has; both make a row, without a key or a network</source>
        <translation>Sendet auf jedem Weg, den ein Client hat, eine Anfrage; beide geben eine Zeile, ohne Schlüssel und ohne Netz</translation>
    </message>
    <message>
        <source>Start a client in one of these ways; its requests appear here as they are made. Keys go to the provider as always and are never shown or stored.</source>
        <translation>Starten Sie einen Client auf eine dieser Arten; seine Anfragen erscheinen hier, sobald er sie stellt. Schlüssel gehen wie immer an den Anbieter und werden nie angezeigt oder gespeichert.</translation>
    </message>
    <message>
        <source>A terminal opens (%1): start the client in it.</source>
        <translation>Ein Terminal öffnet sich (%1): Starten Sie den Client darin.</translation>
    </message>
    <message>
        <source>The terminal %1 could not be started; use the lines instead.</source>
        <translation>Das Terminal %1 ließ sich nicht starten; nehmen Sie stattdessen die Zeilen.</translation>
    </message>
    <message>
        <source>Is another program in the way, or a rule of a firewall for loopback?</source>
        <translation>Ist ein anderes Programm im Weg oder eine Regel einer Firewall für Loopback?</translation>
    </message>
    <message>
        <source>✓ Base URL: works.</source>
        <translation>✓ Basis-URL: geht.</translation>
    </message>
    <message>
        <source>✗ Base URL: %1.</source>
        <translation>✗ Basis-URL: %1.</translation>
    </message>
    <message>
        <source>✓ Proxy: works for plain HTTP.</source>
        <translation>✓ Proxy: geht für einfaches HTTP.</translation>
    </message>
    <message>
        <source>✗ Proxy: %1.</source>
        <translation>✗ Proxy: %1.</translation>
    </message>
    <message>
        <source>– Certificate: none is needed, since HTTPS through the proxy is not opened.</source>
        <translation>– Zertifikat: Es ist keines nötig, da HTTPS durch den Proxy nicht geöffnet wird.</translation>
    </message>
    <message>
        <source>✓ Certificate: %1. Terminals opened here and --run tell clients to trust it.</source>
        <translation>✓ Zertifikat: %1. Hier geöffnete Terminals und --run sagen Clients, dass sie ihm vertrauen sollen.</translation>
    </message>
    <message>
        <source>✗ Certificate: %1 cannot be read, so that clients refuse opened hosts. Turn opening hosts off and on again to have it made anew.</source>
        <translation>✗ Zertifikat: %1 kann nicht gelesen werden, sodass Clients geöffnete Hosts ablehnen. Schalten Sie das Öffnen von Hosts aus und wieder ein, um es neu erstellen zu lassen.</translation>
    </message>
    <message>
        <source>Test the Connection</source>
        <translation>Verbindung prüfen</translation>
    </message>
    <message>
        <source>Shell:</source>
        <translation>Shell:</translation>
    </message>
    <message>
        <source>Check Trust</source>
        <translation>Vertrauen prüfen</translation>
    </message>
    <message>
        <source>Has node, bun, python, curl, go and git, as far as they are installed, connect to a server on this machine with a certificate of Hookscope&apos;s CA</source>
        <translation>Lässt node, bun, python, curl, go und git, soweit sie installiert sind, einen Server auf diesem Rechner ansprechen, der ein Zertifikat von Hookscopes CA hat</translation>
    </message>
</context>
<context>
    <name>hookscope::DeadLetterModel</name>
    <message>
        <source>Given up</source>
        <translation>Aufgegeben</translation>
    </message>
    <message>
        <source>Hook</source>
        <translation>Hook</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>Entstanden</translation>
    </message>
    <message>
        <source>Tries</source>
        <translation>Versuche</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Ereignis</translation>
    </message>
</context>
<context>
    <name>hookscope::DeadLetterPanel</name>
    <message>
        <source>Events that were given up</source>
        <translation>Aufgegebene Ereignisse</translation>
    </message>
    <message>
        <source>Hook whose given-up events are shown</source>
        <translation>Hook, dessen aufgegebene Ereignisse gezeigt werden</translation>
    </message>
    <message>
        <source>Filter of the events that were given up</source>
        <translation>Filter der aufgegebenen Ereignisse</translation>
    </message>
    <message>
        <source>Filter: as for the requests, e.g. status&gt;=400 since:yesterday</source>
        <translation>Filter: wie bei den Anfragen, z. B. status&gt;=400 since:yesterday</translation>
    </message>
    <message>
        <source>All hooks</source>
        <translation>Alle Hooks</translation>
    </message>
    <message>
        <source>Send Selected &amp;Again</source>
        <translation>Gewählte &amp;erneut senden</translation>
    </message>
    <message>
        <source>Send All &amp;Again</source>
        <translation>Alle &amp;erneut senden</translation>
    </message>
    <message>
        <source>The selected ones; their ids stay</source>
        <translation>Die gewählten; ihre Ids bleiben</translation>
    </message>
    <message>
        <source>All that the filter holds for, also those that are not listed; their ids stay</source>
        <translation>Alle, auf die der Filter zutrifft, auch solche, die nicht aufgeführt sind; ihre Ids bleiben</translation>
    </message>
    <message>
        <source>&amp;Remove Selected</source>
        <translation>Gewählte ent&amp;fernen</translation>
    </message>
    <message>
        <source>&amp;Remove Listed</source>
        <translation>Aufgeführte ent&amp;fernen</translation>
    </message>
    <message>
        <source>The selected ones, for good</source>
        <translation>Die gewählten, endgültig</translation>
    </message>
    <message>
        <source>All that are listed here, for good</source>
        <translation>Alle, die hier aufgeführt sind, endgültig</translation>
    </message>
    <message>
        <source>Events of at-least-once hooks that could not be delivered in time. They are kept for 30 days.</source>
        <translation>Ereignisse von Hooks mit „mindestens einmal“, die nicht rechtzeitig zugestellt werden konnten. Sie werden 30 Tage aufbewahrt.</translation>
    </message>
    <message>
        <source>The first %1 are listed.</source>
        <translation>Aufgeführt sind die ersten %1.</translation>
    </message>
</context>
<context>
    <name>hookscope::DeliveriesPanel</name>
    <message>
        <source>Tries</source>
        <translation>Versuche</translation>
    </message>
    <message>
        <source>Given Up</source>
        <translation>Aufgegeben</translation>
    </message>
    <message>
        <source>Hook whose deliveries are shown</source>
        <translation>Hook, dessen Zustellungen gezeigt werden</translation>
    </message>
    <message>
        <source>Filter: as for the requests, e.g. status&gt;=400 model:opus*</source>
        <translation>Filter: wie bei den Anfragen, z. B. status&gt;=400 model:opus*</translation>
    </message>
    <message>
        <source>Send &amp;Again</source>
        <translation>&amp;Erneut senden</translation>
    </message>
    <message>
        <source>The same event with the same id, to the hook as it is now</source>
        <translation>Dasselbe Ereignis mit derselben Id, an den Hook, wie er jetzt ist</translation>
    </message>
    <message>
        <source>Copy as c&amp;URL</source>
        <translation>Als c&amp;URL kopieren</translation>
    </message>
    <message>
        <source>The command that sends this event by hand</source>
        <translation>Der Befehl, der dieses Ereignis von Hand sendet</translation>
    </message>
    <message>
        <source>Show &amp;Request</source>
        <translation>An&amp;frage zeigen</translation>
    </message>
    <message>
        <source>The request that the event is of, in the table</source>
        <translation>Die Anfrage, zu der das Ereignis gehört, in der Tabelle</translation>
    </message>
    <message>
        <source>C&amp;lear</source>
        <translation>&amp;Leeren</translation>
    </message>
    <message>
        <source>Empties this list, and nothing else</source>
        <translation>Leert diese Liste, sonst nichts</translation>
    </message>
    <message>
        <source>Deliveries, the newest first</source>
        <translation>Zustellungen, die neueste zuerst</translation>
    </message>
    <message>
        <source>What the receiver answered</source>
        <translation>Was der Empfänger geantwortet hat</translation>
    </message>
    <message>
        <source>Select a delivery to see what the receiver answered.</source>
        <translation>Eine Zustellung wählen, um die Antwort des Empfängers zu sehen.</translation>
    </message>
    <message>
        <source>All hooks</source>
        <translation>Alle Hooks</translation>
    </message>
    <message>
        <source>webhook-id: %1</source>
        <translation>webhook-id: %1</translation>
    </message>
    <message>
        <source>Given Up (%1)</source>
        <translation>Aufgegeben (%1)</translation>
    </message>
    <message>
        <source>Filter of the deliveries</source>
        <translation>Filter der Zustellungen</translation>
    </message>
</context>
<context>
    <name>hookscope::DeliveryEditor</name>
    <message>
        <source>As JSON arrays</source>
        <translation>Als JSON-Listen</translation>
    </message>
    <message>
        <source>Longest wait</source>
        <translation>Längste Wartezeit</translation>
    </message>
    <message>
        <source>Best effort</source>
        <translation>So gut es geht</translation>
    </message>
    <message>
        <source>At least once</source>
        <translation>Mindestens einmal</translation>
    </message>
    <message>
        <source>Delivery</source>
        <translation>Zustellung</translation>
    </message>
    <message>
        <source>Best effort: from memory, three tries within seconds. At least once: kept on disk and tried for up to three days, over restarts too; it may arrive twice, with the same webhook-id</source>
        <translation>So gut es geht: aus dem Speicher, drei Versuche innerhalb von Sekunden. Mindestens einmal: auf der Platte aufbewahrt und bis zu drei Tage lang versucht, auch über Neustarts; es kann zweimal ankommen, mit derselben webhook-id</translation>
    </message>
    <message>
        <source>as usual</source>
        <translation>wie üblich</translation>
    </message>
    <message>
        <source>Under way at once</source>
        <translation>Gleichzeitig unterwegs</translation>
    </message>
    <message>
        <source>With 1, events arrive in their order. As usual is 1 for at least once, and %1 for best effort</source>
        <translation>Bei 1 kommen Ereignisse in ihrer Reihenfolge an. Üblich ist 1 bei mindestens einmal und %1 bei so gut es geht</translation>
    </message>
    <message>
        <source>An array is sent as soon as so many events wait, or the oldest of them has waited that long</source>
        <translation>Eine Liste wird gesendet, sobald so viele Ereignisse warten oder das älteste von ihnen so lange gewartet hat</translation>
    </message>
    <message>
        <source>Most events together</source>
        <translation>Höchstzahl zusammen</translation>
    </message>
    <message>
        <source>Under way at once:</source>
        <translation>Gleichzeitig unterwegs:</translation>
    </message>
    <message>
        <source>of up to</source>
        <translation>mit bis zu</translation>
    </message>
    <message>
        <source>events, after</source>
        <translation>Ereignissen, nach</translation>
    </message>
</context>
<context>
    <name>hookscope::DeliveryLogModel</name>
    <message>
        <source>%1 and %2 more</source>
        <translation>%1 und %2 weitere</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>keine Antwort</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Hook</source>
        <translation>Hook</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Ereignis</translation>
    </message>
    <message>
        <source>Try</source>
        <translation>Versuch</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Next try</source>
        <translation>Nächster Versuch</translation>
    </message>
    <message>
        <source>Why not</source>
        <translation>Warum nicht</translation>
    </message>
</context>
<context>
    <name>hookscope::DeliveryPreview</name>
    <message>
        <source>Request to %1</source>
        <translation>Anfrage an %1</translation>
    </message>
    <message>
        <source>of the event, the same at each try</source>
        <translation>die des Ereignisses, dieselbe bei jedem Versuch</translation>
    </message>
    <message>
        <source>made at each try</source>
        <translation>entsteht bei jedem Versuch</translation>
    </message>
    <message>
        <source>made at each try, with %1</source>
        <translation>entsteht bei jedem Versuch, mit %1</translation>
    </message>
    <message>
        <source>with its secrets</source>
        <translation>mit den Geheimnissen</translation>
    </message>
    <message>
        <source>Up to %1 events are sent in one array, which then has an id of its own.</source>
        <translation>Bis zu %1 Ereignisse werden in einer Liste gesendet, die dann eine eigene Kennung hat.</translation>
    </message>
    <message>
        <source>Spans are sent together, after some seconds; metrics each minute, with the sums of all calls since the start.</source>
        <translation>Spans werden nach einigen Sekunden zusammen gesendet; Metriken jede Minute, mit den Summen aller Aufrufe seit dem Start.</translation>
    </message>
    <message>
        <source>Program and arguments, without a shell</source>
        <translation>Programm und Argumente, ohne Shell</translation>
    </message>
    <message>
        <source>On its standard input, and then the end of it</source>
        <translation>Auf der Standardeingabe, und dann deren Ende</translation>
    </message>
    <message>
        <source>Line appended to %1</source>
        <translation>Zeile, angehängt an %1</translation>
    </message>
    <message>
        <source>At most one a second is shown, which then tells how many there were.</source>
        <translation>Höchstens eine je Sekunde wird gezeigt, die dann sagt, wie viele es waren.</translation>
    </message>
    <message>
        <source>Line on the standard error</source>
        <translation>Zeile auf der Standardfehlerausgabe</translation>
    </message>
</context>
<context>
    <name>hookscope::DesktopNotifier</name>
    <message>
        <source>Show Hookscope</source>
        <translation>Hookscope zeigen</translation>
    </message>
</context>
<context>
    <name>hookscope::DueEvents</name>
    <message>
        <source>%1 · LLM call · %2 · %3 tokens</source>
        <translation>%1 · LLM-Aufruf · %2 · %3 Token</translation>
    </message>
    <message>
        <source>%1 · request · %2</source>
        <translation>%1 · Anfrage · %2</translation>
    </message>
    <message>
        <source>%1 · answer · %2 · %3</source>
        <translation>%1 · Antwort · %2 · %3</translation>
    </message>
</context>
<context>
    <name>hookscope::EventReader</name>
    <message>
        <source>&quot;id&quot; is not a UUID</source>
        <translation>„id“ ist keine UUID</translation>
    </message>
    <message>
        <source>&quot;timestamp&quot; is not a time such as 2026-01-31T12:00:00Z</source>
        <translation>„timestamp“ ist keine Zeit wie 2026-01-31T12:00:00Z</translation>
    </message>
    <message>
        <source>&quot;status&quot; is not a status code</source>
        <translation>„status“ ist kein Statuscode</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is missing: it is no event of Hookscope or agentkernel</source>
        <translation>„%1“ fehlt: es ist kein Ereignis von Hookscope oder agentkernel</translation>
    </message>
    <message>
        <source>&quot;event&quot; is neither &quot;on_request&quot; nor &quot;on_response&quot;</source>
        <translation>„event“ ist weder „on_request“ noch „on_response“</translation>
    </message>
    <message>
        <source>&quot;usage&quot; is neither &quot;reported&quot; nor &quot;missing&quot; nor &quot;partial&quot;</source>
        <translation>„usage“ ist weder „reported“ noch „missing“ noch „partial“</translation>
    </message>
    <message>
        <source>it is of a kind that this version does not know</source>
        <translation>es ist von einer Art, die diese Version nicht kennt</translation>
    </message>
</context>
<context>
    <name>hookscope::ExchangeDetail</name>
    <message>
        <source>Heads and bodies of this request are no longer kept; this is what its row says.</source>
        <translation>Köpfe und Inhalte dieser Anfrage sind nicht mehr vorhanden; dies sagt ihre Zeile.</translation>
    </message>
    <message>
        <source>Heads of request and answer</source>
        <translation>Köpfe von Anfrage und Antwort</translation>
    </message>
    <message>
        <source>No heads are kept of this request.</source>
        <translation>Von dieser Anfrage sind keine Köpfe aufbewahrt.</translation>
    </message>
    <message>
        <source>Request body</source>
        <translation>Inhalt der Anfrage</translation>
    </message>
    <message>
        <source>Answer body</source>
        <translation>Inhalt der Antwort</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>No event yet: the request is still being read.</source>
        <translation>Noch kein Ereignis: die Anfrage wird noch gelesen.</translation>
    </message>
    <message>
        <source>Select a request to see all of it.</source>
        <translation>Eine Anfrage auswählen, um alles von ihr zu sehen.</translation>
    </message>
    <message>
        <source>Details of the request</source>
        <translation>Details der Anfrage</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>Überblick</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Nachrichten</translation>
    </message>
    <message>
        <source>The call as a conversation</source>
        <translation>Der Aufruf als Gespräch</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
    <message>
        <source>What the model may call</source>
        <translation>Was das Modell aufrufen darf</translation>
    </message>
    <message>
        <source>Heads</source>
        <translation>Köpfe</translation>
    </message>
    <message>
        <source>As client and upstream sent them; credentials are masked</source>
        <translation>Wie Client und Upstream sie sendeten; Zugangsdaten sind maskiert</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>Anfrage</translation>
    </message>
    <message>
        <source>The request&apos;s body, decoded and laid out; credentials are masked</source>
        <translation>Der Inhalt der Anfrage, dekodiert und gegliedert; Zugangsdaten sind maskiert</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>The answer&apos;s body, decoded and laid out; credentials are masked</source>
        <translation>Der Inhalt der Antwort, dekodiert und gegliedert; Zugangsdaten sind maskiert</translation>
    </message>
    <message>
        <source>Timing</source>
        <translation>Zeiten</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>Tokens and cost</source>
        <translation>Token und Kosten</translation>
    </message>
    <message>
        <source>As sent to hooks</source>
        <translation>Wie an Hooks gesendet</translation>
    </message>
    <message>
        <source>Hooks</source>
        <translation>Hooks</translation>
    </message>
    <message>
        <source>What fired, and what came back</source>
        <translation>Was ausgelöst wurde und was zurückkam</translation>
    </message>
    <message>
        <source>cURL</source>
        <translation>cURL</translation>
    </message>
    <message>
        <source>Copy as cURL</source>
        <translation>Als cURL kopieren</translation>
    </message>
    <message>
        <source>Copy the curl command that sends this request again, with variables for its credentials</source>
        <translation>Den curl-Befehl kopieren, der diese Anfrage erneut sendet, mit Variablen für ihre Zugangsdaten</translation>
    </message>
    <message>
        <source>No answer yet.</source>
        <translation>Noch keine Antwort.</translation>
    </message>
    <message>
        <source>It is shown when it has passed whole.</source>
        <translation>Er wird gezeigt, wenn er ganz durchgelaufen ist.</translation>
    </message>
    <message>
        <source>An opaque tunnel: its bytes are not read.</source>
        <translation>Ein undurchsichtiger Tunnel: seine Bytes werden nicht gelesen.</translation>
    </message>
    <message>
        <source>There is no body.</source>
        <translation>Es gibt keinen Inhalt.</translation>
    </message>
    <message>
        <source>Heads and bodies of this request are no longer kept.</source>
        <translation>Köpfe und Inhalte dieser Anfrage sind nicht mehr vorhanden.</translation>
    </message>
    <message>
        <source>Bodies are not kept; View, Keep Bodies keeps those of the requests to come.</source>
        <translation>Inhalte werden nicht aufbewahrt; mit Ansicht, Inhalte aufbewahren geschieht es bei künftigen Anfragen.</translation>
    </message>
    <message>
        <source>This body was not kept.</source>
        <translation>Dieser Inhalt wurde nicht aufbewahrt.</translation>
    </message>
</context>
<context>
    <name>hookscope::ExportDialog</name>
    <message>
        <source>CSV, for spreadsheets</source>
        <translation>CSV, für Tabellenprogramme</translation>
    </message>
    <message>
        <source>JSON lines, as hooks get them</source>
        <translation>JSON-Zeilen, wie Hooks sie erhalten</translation>
    </message>
    <message>
        <source>HAR 1.2, for browsers and proxies</source>
        <translation>HAR 1.2, für Browser und Proxys</translation>
    </message>
    <message>
        <source>curl commands</source>
        <translation>curl-Befehle</translation>
    </message>
    <message>
        <source>A line per LLM call, or per request without one. Texts that a spreadsheet would run as a formula begin with an apostrophe. Credentials are masked.</source>
        <translation>Eine Zeile je LLM-Aufruf, oder je Anfrage ohne einen. Texte, die ein Tabellenprogramm als Formel ausführen würde, beginnen mit einem Apostroph. Zugangsdaten sind maskiert.</translation>
    </message>
    <message>
        <source>An event a line, which can be imported again. Heads are not in it. Credentials are masked.</source>
        <translation>Ein Ereignis je Zeile; sie lassen sich wieder importieren. Köpfe sind nicht enthalten. Zugangsdaten sind maskiert.</translation>
    </message>
    <message>
        <source>Heads, times and sizes, and the events with their tokens and cost, which can be imported again. Credentials are masked, and there are no bodies, since none are kept.</source>
        <translation>Köpfe, Zeiten und Größen sowie die Ereignisse mit Token und Kosten; sie lassen sich wieder importieren. Zugangsdaten sind maskiert, und Inhalte gibt es nicht, da keine aufbewahrt werden.</translation>
    </message>
    <message>
        <source>A script that sends the requests again. Variables stand for credentials, files for bodies. Tunnels and websockets are left out.</source>
        <translation>Ein Skript, das die Anfragen erneut sendet. Variablen stehen für Zugangsdaten, Dateien für Inhalte. Tunnel und Websockets fehlen.</translation>
    </message>
    <message>
        <source>Export Requests</source>
        <translation>Anfragen exportieren</translation>
    </message>
    <message>
        <source>&amp;Browse…</source>
        <translation>&amp;Durchsuchen …</translation>
    </message>
    <message>
        <source>&amp;Format:</source>
        <translation>&amp;Format:</translation>
    </message>
    <message>
        <source>Requests:</source>
        <translation>Anfragen:</translation>
    </message>
    <message>
        <source>Fi&amp;le:</source>
        <translation>Da&amp;tei:</translation>
    </message>
    <message>
        <source>&amp;Export</source>
        <translation>E&amp;xportieren</translation>
    </message>
    <message>
        <source>&amp;Selected: %1</source>
        <translation>&amp;Ausgewählte: %1</translation>
    </message>
    <message>
        <source>&amp;Visible, as filtered and sorted: %1</source>
        <translation>&amp;Sichtbare, wie gefiltert und sortiert: %1</translation>
    </message>
    <message>
        <source>&amp;All: %1</source>
        <translation>A&amp;lle: %1</translation>
    </message>
    <message>
        <source>Name a file.</source>
        <translation>Eine Datei angeben.</translation>
    </message>
    <message>
        <source>There is no folder %1.</source>
        <translation>Es gibt keinen Ordner %1.</translation>
    </message>
    <message>
        <source>%1 is not a file.</source>
        <translation>%1 ist keine Datei.</translation>
    </message>
    <message>
        <source>There is nothing to be exported: choose other requests.</source>
        <translation>Es gibt nichts zu exportieren: andere Anfragen auswählen.</translation>
    </message>
    <message>
        <source>%1 is there already and will be replaced.</source>
        <translation>%1 gibt es schon; die Datei wird ersetzt.</translation>
    </message>
</context>
<context>
    <name>hookscope::Exporter</name>
    <message>
        <source>%1 is not a file that can be replaced; choose another name.</source>
        <translation>%1 ist keine Datei, die ersetzt werden kann; einen anderen Namen wählen.</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2. Choose another folder, or make room there.</source>
        <translation>%1 kann nicht geschrieben werden: %2. Einen anderen Ordner wählen oder dort Platz schaffen.</translation>
    </message>
</context>
<context>
    <name>hookscope::FailureLog</name>
    <message>
        <source>%1 (%2 events)</source>
        <translation>%1 (%2 Ereignisse)</translation>
    </message>
    <message>
        <source>%1 more failures, the last one: %2</source>
        <translation>%1 weitere Fehlschläge, der letzte: %2</translation>
    </message>
</context>
<context>
    <name>hookscope::FileRotator</name>
    <message>
        <source>File %1 cannot be put aside and goes on: %2</source>
        <translation>Die Datei %1 kann nicht beiseitegelegt werden und wird weitergeführt: %2</translation>
    </message>
    <message>
        <source>%1 is no file of this user</source>
        <translation>%1 ist keine Datei dieses Benutzers</translation>
    </message>
</context>
<context>
    <name>hookscope::FileSink</name>
    <message>
        <source>File %1 is a symbolic link: name the file itself</source>
        <translation>Datei %1 ist ein symbolischer Link: die Datei selbst angeben</translation>
    </message>
    <message>
        <source>File %1 is a folder: name a file</source>
        <translation>Datei %1 ist ein Ordner: eine Datei angeben</translation>
    </message>
    <message>
        <source>File %1 is a pipe, socket or device: name a regular file</source>
        <translation>Datei %1 ist eine Pipe, ein Socket oder ein Gerät: eine gewöhnliche Datei angeben</translation>
    </message>
    <message>
        <source>File %1 belongs to another user: name a file of your own</source>
        <translation>Datei %1 gehört einem anderen Benutzer: eine eigene Datei angeben</translation>
    </message>
    <message>
        <source>File %1 has a second name (hard link): name a file that has only one</source>
        <translation>Datei %1 hat einen zweiten Namen (harter Link): eine Datei mit nur einem angeben</translation>
    </message>
    <message>
        <source>File %1 could not be appended to: %2</source>
        <translation>An die Datei %1 konnte nicht angehängt werden: %2</translation>
    </message>
    <message>
        <source>File %1 cannot be opened: %2</source>
        <translation>Datei %1 kann nicht geöffnet werden: %2</translation>
    </message>
    <message>
        <source>File %1 cannot be looked at: %2</source>
        <translation>Datei %1 kann nicht untersucht werden: %2</translation>
    </message>
</context>
<context>
    <name>hookscope::FileTargetEditor</name>
    <message>
        <source>Put it aside at</source>
        <translation>Beiseitelegen ab</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Put it aside after</source>
        <translation>Beiseitelegen nach</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>Alter</translation>
    </message>
    <message>
        <source>compressed (zstd)</source>
        <translation>komprimiert (zstd)</translation>
    </message>
    <message>
        <source>Absolute path of the file</source>
        <translation>Absoluter Pfad der Datei</translation>
    </message>
    <message>
        <source>File path</source>
        <translation>Dateipfad</translation>
    </message>
    <message>
        <source>Each event is appended as one line of JSON</source>
        <translation>Jedes Ereignis wird als eine Zeile JSON angehängt</translation>
    </message>
    <message>
        <source>&amp;Browse…</source>
        <translation>&amp;Durchsuchen …</translation>
    </message>
    <message>
        <source>The file is renamed to PATH.1, the earlier one to PATH.2, …, and begun anew</source>
        <translation>Die Datei wird in PFAD.1 umbenannt, die frühere in PFAD.2, …, und neu begonnen</translation>
    </message>
    <message>
        <source>Files kept</source>
        <translation>Behaltene Dateien</translation>
    </message>
    <message>
        <source>Of those put aside; older ones are deleted</source>
        <translation>Von den beiseitegelegten; ältere werden gelöscht</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Davon</translation>
    </message>
    <message>
        <source>of them,</source>
        <translation>behalten,</translation>
    </message>
    <message>
        <source>File to Append Events To</source>
        <translation>Datei, an die Ereignisse angehängt werden</translation>
    </message>
    <message>
        <source>JSON lines (*.jsonl);;All files (*)</source>
        <translation>JSON-Zeilen (*.jsonl);;Alle Dateien (*)</translation>
    </message>
</context>
<context>
    <name>hookscope::Filter</name>
    <message>
        <source>to look for the words as they stand, put them into quotes</source>
        <translation>um die Wörter selbst zu suchen, in Anführungszeichen setzen</translation>
    </message>
    <message>
        <source>did you mean %1?</source>
        <translation>ist %1 gemeint?</translation>
    </message>
    <message>
        <source> or </source>
        <translation> oder </translation>
    </message>
    <message>
        <source>There is no field “%1”: %2</source>
        <translation>Es gibt kein Feld „%1“: %2</translation>
    </message>
    <message>
        <source>After “%1” there can be %2 only.</source>
        <translation>Auf „%1“ kann nur %2 folgen.</translation>
    </message>
    <message>
        <source>A request is never “%1”; it can be %2.</source>
        <translation>Eine Anfrage ist nie „%1“; sie kann %2 sein.</translation>
    </message>
    <message>
        <source>A request is never “%1”: did you mean %2?</source>
        <translation>Eine Anfrage ist nie „%1“: ist %2 gemeint?</translation>
    </message>
    <message>
        <source>“%1” is no regular expression: %2.</source>
        <translation>„%1“ ist kein regulärer Ausdruck: %2.</translation>
    </message>
    <message>
        <source>The quote is not closed.</source>
        <translation>Das Anführungszeichen ist nicht geschlossen.</translation>
    </message>
    <message>
        <source>“%1” needs a field right before it, as in status&gt;=400; a text that begins with it goes into quotes.</source>
        <translation>„%1“ braucht direkt davor ein Feld, wie in status&gt;=400; ein Text, der damit beginnt, gehört in Anführungszeichen.</translation>
    </message>
    <message>
        <source>A value is missing right behind “%1”, as in %2.</source>
        <translation>Direkt hinter „%1“ fehlt ein Wert, wie in %2.</translation>
    </message>
    <message>
        <source>who serves the model</source>
        <translation>wer das Modell betreibt</translation>
    </message>
    <message>
        <source>the model that answered</source>
        <translation>das Modell, das antwortete</translation>
    </message>
    <message>
        <source>the upstream&apos;s host</source>
        <translation>der Host des Upstreams</translation>
    </message>
    <message>
        <source>path and query</source>
        <translation>Pfad und Query</translation>
    </message>
    <message>
        <source>the URL as the client asked</source>
        <translation>die URL, wie der Client sie angab</translation>
    </message>
    <message>
        <source>who sent it</source>
        <translation>wer sie sendete</translation>
    </message>
    <message>
        <source>the client&apos;s program</source>
        <translation>das Programm des Clients</translation>
    </message>
    <message>
        <source>the request&apos;s method</source>
        <translation>die Methode der Anfrage</translation>
    </message>
    <message>
        <source>the client&apos;s session</source>
        <translation>die Sitzung des Clients</translation>
    </message>
    <message>
        <source>why it failed</source>
        <translation>warum sie fehlschlug</translation>
    </message>
    <message>
        <source>your own comment</source>
        <translation>der eigene Kommentar</translation>
    </message>
    <message>
        <source>what it is</source>
        <translation>was sie ist</translation>
    </message>
    <message>
        <source>the answer&apos;s status</source>
        <translation>der Status der Antwort</translation>
    </message>
    <message>
        <source>US dollars</source>
        <translation>US-Dollar</translation>
    </message>
    <message>
        <source>input plus output tokens</source>
        <translation>Eingabe- plus Ausgabe-Token</translation>
    </message>
    <message>
        <source>tokens of the prompt</source>
        <translation>Token des Prompts</translation>
    </message>
    <message>
        <source>tokens of the answer</source>
        <translation>Token der Antwort</translation>
    </message>
    <message>
        <source>tokens read from the cache</source>
        <translation>aus dem Cache gelesene Token</translation>
    </message>
    <message>
        <source>tokens written to the cache</source>
        <translation>in den Cache geschriebene Token</translation>
    </message>
    <message>
        <source>tokens spent on reasoning</source>
        <translation>Token für das Reasoning</translation>
    </message>
    <message>
        <source>until the last byte</source>
        <translation>bis zum letzten Byte</translation>
    </message>
    <message>
        <source>until the answer&apos;s head</source>
        <translation>bis zum Kopf der Antwort</translation>
    </message>
    <message>
        <source>until the first token</source>
        <translation>bis zum ersten Token</translation>
    </message>
    <message>
        <source>begun then or later</source>
        <translation>dann oder später begonnen</translation>
    </message>
    <message>
        <source>begun earlier than that</source>
        <translation>früher begonnen</translation>
    </message>
    <message>
        <source>bytes of the answer&apos;s body</source>
        <translation>Bytes des Inhalts der Antwort</translation>
    </message>
    <message>
        <source>bytes of the request&apos;s body</source>
        <translation>Bytes des Inhalts der Anfrage</translation>
    </message>
    <message>
        <source>your own colour, 1 to 6</source>
        <translation>die eigene Farbe, 1 bis 6</translation>
    </message>
    <message>
        <source>the process&apos;s id</source>
        <translation>die Nummer des Prozesses</translation>
    </message>
    <message>
        <source>an LLM call</source>
        <translation>ein LLM-Aufruf</translation>
    </message>
    <message>
        <source>its answer is a stream, still arriving or not</source>
        <translation>ihre Antwort ist ein Stream, ob noch laufend oder nicht</translation>
    </message>
    <message>
        <source>not ended yet</source>
        <translation>noch nicht beendet</translation>
    </message>
    <message>
        <source>failed, or answered with 400 or above</source>
        <translation>fehlgeschlagen oder mit 400 oder darüber beantwortet</translation>
    </message>
    <message>
        <source>broken off, or never answered</source>
        <translation>abgebrochen oder nie beantwortet</translation>
    </message>
    <message>
        <source>takes longer than the settings&apos; limit</source>
        <translation>dauert länger als die Grenze in den Einstellungen</translation>
    </message>
    <message>
        <source>pinned by you</source>
        <translation>selbst angeheftet</translation>
    </message>
    <message>
        <source>coloured by you</source>
        <translation>selbst eingefärbt</translation>
    </message>
    <message>
        <source>with a comment of yours</source>
        <translation>mit eigenem Kommentar</translation>
    </message>
    <message>
        <source>looked at</source>
        <translation>angesehen</translation>
    </message>
    <message>
        <source>not looked at yet</source>
        <translation>noch nicht angesehen</translation>
    </message>
    <message>
        <source>of an earlier session or a file</source>
        <translation>aus einer früheren Sitzung oder Datei</translation>
    </message>
    <message>
        <source>a tunnel that is not opened</source>
        <translation>ein Tunnel, der nicht geöffnet wird</translation>
    </message>
    <message>
        <source>its cost is known</source>
        <translation>ihre Kosten sind bekannt</translation>
    </message>
    <message>
        <source>a call whose answer no reader knew</source>
        <translation>ein Aufruf, dessen Antwort unbekannte Form hatte</translation>
    </message>
    <message>
        <source>“)” has no “(” before it.</source>
        <translation>Zur „)“ gibt es davor keine „(“.</translation>
    </message>
    <message>
        <source>This is nested too deeply.</source>
        <translation>Dies ist zu tief verschachtelt.</translation>
    </message>
    <message>
        <source>The parenthesis is not closed.</source>
        <translation>Die Klammer ist nicht geschlossen.</translation>
    </message>
    <message>
        <source>A filter has at most %1 conditions.</source>
        <translation>Ein Filter hat höchstens %1 Bedingungen.</translation>
    </message>
    <message>
        <source>A condition is missing before “%1”.</source>
        <translation>Vor „%1“ fehlt eine Bedingung.</translation>
    </message>
    <message>
        <source>A condition is missing behind “%1”.</source>
        <translation>Hinter „%1“ fehlt eine Bedingung.</translation>
    </message>
    <message>
        <source>A filter has at most %1 characters.</source>
        <translation>Ein Filter hat höchstens %1 Zeichen.</translation>
    </message>
    <message>
        <source>is no number of tokens, such as 500, 1.5k or 2M</source>
        <translation>ist keine Anzahl Token wie 500, 1.5k oder 2M</translation>
    </message>
    <message>
        <source>is no amount in US dollars, such as 0.5</source>
        <translation>ist kein Betrag in US-Dollar wie 0.5</translation>
    </message>
    <message>
        <source>is no time with its unit, such as 250ms, 30s, 5m or 1h</source>
        <translation>ist keine Zeit mit ihrer Einheit wie 250ms, 30s, 5m oder 1h</translation>
    </message>
    <message>
        <source>is no number of bytes, such as 500, 10kB or 4MiB</source>
        <translation>ist keine Anzahl Bytes wie 500, 10kB oder 4MiB</translation>
    </message>
    <message>
        <source>is no whole number</source>
        <translation>ist keine ganze Zahl</translation>
    </message>
    <message>
        <source>“%1” %2.</source>
        <translation>„%1“ %2.</translation>
    </message>
    <message>
        <source>is no colour: they are 1 to 6</source>
        <translation>ist keine Farbe: es gibt 1 bis 6</translation>
    </message>
    <message>
        <source>is no time, such as 10m (ago), today, 14:30 or 2025-01-31</source>
        <translation>ist keine Zeit wie 10m (vor 10 Minuten), today, 14:30 oder 2025-01-31</translation>
    </message>
</context>
<context>
    <name>hookscope::FilterBar</name>
    <message>
        <source>&amp;LLM Calls Only</source>
        <translation>Nur &amp;LLM-Aufrufe</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>An&amp;halten</translation>
    </message>
    <message>
        <source>C&amp;lear Requests</source>
        <translation>Anf&amp;ragen leeren</translation>
    </message>
    <message>
        <source>&amp;Save Filter…</source>
        <translation>Filter &amp;speichern …</translation>
    </message>
    <message>
        <source>LLM only</source>
        <translation>Nur LLM</translation>
    </message>
    <message>
        <source>Show LLM calls only, or all requests (Ctrl+Shift+L)</source>
        <translation>Nur LLM-Aufrufe zeigen, oder alle Anfragen (Strg+Umschalt+L)</translation>
    </message>
    <message>
        <source>Hold the table still; traffic goes on and waits to be shown (Ctrl+P)</source>
        <translation>Die Tabelle anhalten; der Verkehr läuft weiter und wartet darauf, gezeigt zu werden (Strg+P)</translation>
    </message>
    <message>
        <source>&amp;Resume</source>
        <translation>&amp;Fortsetzen</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Forget the requests shown here; totals stay (Ctrl+L)</source>
        <translation>Die hier gezeigten Anfragen vergessen; die Summen bleiben (Strg+L)</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Keep this filter under a name, as a button below</source>
        <translation>Diesen Filter unter einem Namen behalten, als Knopf darunter</translation>
    </message>
    <message>
        <source>Filter: words, or model:*opus* status&gt;=400 cost&gt;0.5 since:10m …  ( / )</source>
        <translation>Filter: Wörter oder model:*opus* status&gt;=400 cost&gt;0.5 since:10m …  ( / )</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Words are looked for everywhere; conditions are field, operator and value without spaces, such as model:*opus*, status&gt;=400, cost&gt;0.5, is:running. Also -not, OR, ( ) and &quot;in quotes&quot;.</source>
        <translation>Wörter werden überall gesucht; Bedingungen sind Feld, Operator und Wert ohne Leerzeichen, wie model:*opus*, status&gt;=400, cost&gt;0.5, is:running. Außerdem -nicht, OR, ( ) und &quot;in Anführungszeichen&quot;.</translation>
    </message>
    <message>
        <source>Group by</source>
        <translation>Gruppieren nach</translation>
    </message>
    <message>
        <source>Shows sums by group beside the table</source>
        <translation>Zeigt neben der Tabelle Summen je Gruppe</translation>
    </message>
    <message>
        <source>No groups</source>
        <translation>Keine Gruppen</translation>
    </message>
    <message>
        <source>By sandbox</source>
        <translation>Nach Sandbox</translation>
    </message>
    <message>
        <source>By session</source>
        <translation>Nach Sitzung</translation>
    </message>
    <message>
        <source>By process</source>
        <translation>Nach Prozess</translation>
    </message>
    <message>
        <source>By host</source>
        <translation>Nach Host</translation>
    </message>
    <message>
        <source>By provider</source>
        <translation>Nach Anbieter</translation>
    </message>
    <message>
        <source>By model</source>
        <translation>Nach Modell</translation>
    </message>
    <message>
        <source>%1 requests</source>
        <translation>%1 Anfragen</translation>
    </message>
    <message>
        <source>%1 of %2 requests</source>
        <translation>%1 von %2 Anfragen</translation>
    </message>
    <message>
        <source> · paused, %1 waiting</source>
        <translation> · angehalten, %1 warten</translation>
    </message>
    <message>
        <source>Save Filter</source>
        <translation>Filter speichern</translation>
    </message>
    <message>
        <source>Name of this filter:</source>
        <translation>Name dieses Filters:</translation>
    </message>
</context>
<context>
    <name>hookscope::FilterChips</name>
    <message>
        <source>Saved filters</source>
        <translation>Gespeicherte Filter</translation>
    </message>
    <message>
        <source>%1
Click: show these. Ctrl+click: also these conditions. Right-click: change.</source>
        <translation>%1
Klick: diese zeigen. Strg+Klick: auch diese Bedingungen. Rechtsklick: ändern.</translation>
    </message>
    <message>
        <source>Re&amp;name…</source>
        <translation>Umbe&amp;nennen …</translation>
    </message>
    <message>
        <source>Move &amp;Left</source>
        <translation>Nach &amp;links</translation>
    </message>
    <message>
        <source>Move &amp;Right</source>
        <translation>Nach &amp;rechts</translation>
    </message>
    <message>
        <source>Re&amp;move</source>
        <translation>&amp;Entfernen</translation>
    </message>
    <message>
        <source>Rename Filter</source>
        <translation>Filter umbenennen</translation>
    </message>
    <message>
        <source>Name:</source>
        <translation>Name:</translation>
    </message>
</context>
<context>
    <name>hookscope::FilterCompleter</name>
    <message>
        <source>Suggestions</source>
        <translation>Vorschläge</translation>
    </message>
</context>
<context>
    <name>hookscope::FindBar</name>
    <message>
        <source>Find in this text</source>
        <translation>In diesem Text suchen</translation>
    </message>
    <message>
        <source>Find the one before</source>
        <translation>Vorheriges Vorkommen suchen</translation>
    </message>
    <message>
        <source>Find the next one</source>
        <translation>Nächstes Vorkommen suchen</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>Nicht gefunden</translation>
    </message>
</context>
<context>
    <name>hookscope::Folder</name>
    <message>
        <source>The folder %1 cannot be made: %2. Choose another one.</source>
        <translation>Der Ordner %1 kann nicht angelegt werden: %2. Einen anderen wählen.</translation>
    </message>
</context>
<context>
    <name>hookscope::GroupModel</name>
    <message>
        <source>(none)</source>
        <translation>(keine)</translation>
    </message>
    <message>
        <source>At least: of %1 requests the tokens are not wholly known</source>
        <translation>Mindestens: von %1 Anfragen sind die Token nicht ganz bekannt</translation>
    </message>
    <message>
        <source>At least %1: of %2 requests the cost is not wholly known</source>
        <translation>Mindestens %1: von %2 Anfragen sind die Kosten nicht ganz bekannt</translation>
    </message>
    <message>
        <source>Requests that match the filter</source>
        <translation>Anfragen, die zum Filter passen</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>LLM calls that ended; one seen twice counts twice</source>
        <translation>Beendete LLM-Aufrufe; einer, der zweimal gesehen wurde, zählt zweimal</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>Aufrufe</translation>
    </message>
    <message>
        <source>Input plus output tokens; ≥ where not all is known</source>
        <translation>Eingabe- plus Ausgabe-Token; ≥ wo nicht alle bekannt sind</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>US dollars; ≥ where not all is known</source>
        <translation>US-Dollar; ≥ wo nicht alles bekannt ist</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>Kosten</translation>
    </message>
    <message>
        <source>Requests that failed, or were answered with 400 or above</source>
        <translation>Anfragen, die fehlschlugen oder mit 400 oder darüber beantwortet wurden</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Click a group to see its requests only</source>
        <translation>Auf eine Gruppe klicken, um nur ihre Anfragen zu sehen</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>Gruppe</translation>
    </message>
</context>
<context>
    <name>hookscope::GroupPane</name>
    <message>
        <source>Groups</source>
        <translation>Gruppen</translation>
    </message>
</context>
<context>
    <name>hookscope::HarEntryReader</name>
    <message>
        <source>it has no request</source>
        <translation>er hat keine Anfrage</translation>
    </message>
    <message>
        <source>its request has no method or no URL</source>
        <translation>seine Anfrage hat keine Methode oder keine URL</translation>
    </message>
    <message>
        <source>its URL is longer than %1 bytes</source>
        <translation>seine URL ist länger als %1 Bytes</translation>
    </message>
    <message>
        <source>&quot;startedDateTime&quot; is not a time such as 2026-01-31T12:00:00Z</source>
        <translation>„startedDateTime“ ist keine Zeit wie 2026-01-31T12:00:00Z</translation>
    </message>
    <message>
        <source>its URL is none of http or https</source>
        <translation>seine URL ist weder http noch https</translation>
    </message>
    <message>
        <source>it is not valid JSON</source>
        <translation>es ist kein gültiges JSON</translation>
    </message>
    <message>
        <source>its &quot;_hookscope&quot; events cannot be read: %1</source>
        <translation>seine „_hookscope“-Ereignisse können nicht gelesen werden: %1</translation>
    </message>
    <message>
        <source>they are not those of one request</source>
        <translation>sie gehören nicht zu einer einzigen Anfrage</translation>
    </message>
</context>
<context>
    <name>hookscope::HarReader</name>
    <message>
        <source>it is not valid JSON from byte %1 on</source>
        <translation>ab Byte %1 ist es kein gültiges JSON</translation>
    </message>
    <message>
        <source>its JSON is nested deeper than %1 levels</source>
        <translation>das JSON ist tiefer als %1 Ebenen verschachtelt</translation>
    </message>
    <message>
        <source>it has no &quot;log&quot; with &quot;entries&quot;, so it is no HAR file</source>
        <translation>es hat kein „log“ mit „entries“, ist also keine HAR-Datei</translation>
    </message>
    <message>
        <source>its HAR version is %1, and only 1.1 and 1.2 can be read</source>
        <translation>die HAR-Version ist %1, und nur 1.1 und 1.2 können gelesen werden</translation>
    </message>
    <message>
        <source>entry %1</source>
        <translation>Eintrag %1</translation>
    </message>
    <message>
        <source>after entry %1</source>
        <translation>nach Eintrag %1</translation>
    </message>
    <message>
        <source>one is too long, or no object</source>
        <translation>einer ist zu lang oder kein Objekt</translation>
    </message>
    <message>
        <source>The file ends in the middle: what comes after its last whole entry is missing.</source>
        <translation>Die Datei endet mittendrin: was nach ihrem letzten ganzen Eintrag kommt, fehlt.</translation>
    </message>
</context>
<context>
    <name>hookscope::Hook</name>
    <message>
        <source>File path cannot be empty</source>
        <translation>Der Dateipfad darf nicht leer sein</translation>
    </message>
    <message>
        <source>File path cannot hold a line break, NUL or another control character</source>
        <translation>Der Dateipfad darf keinen Zeilenumbruch, kein NUL und kein anderes Steuerzeichen enthalten</translation>
    </message>
    <message>
        <source>File path must be absolute: start it with /</source>
        <translation>Der Dateipfad muss absolut sein: mit / beginnen</translation>
    </message>
    <message>
        <source>File path must name a file, not a folder</source>
        <translation>Der Dateipfad muss eine Datei nennen, keinen Ordner</translation>
    </message>
    <message>
        <source>&quot;target&quot; needs &quot;%1&quot;, a string</source>
        <translation>„target“ braucht „%1“, einen Text</translation>
    </message>
    <message>
        <source>Hook name cannot be empty</source>
        <translation>Der Name des Hooks darf nicht leer sein</translation>
    </message>
    <message>
        <source>Hook name cannot hold a line break or another control character</source>
        <translation>Der Name des Hooks darf keinen Zeilenumbruch und kein anderes Steuerzeichen enthalten</translation>
    </message>
    <message>
        <source>The audit log has no line for budgets: deliver them to a webhook or a file</source>
        <translation>Das Audit-Log hat keine Zeile für Budgets: an einen Webhook oder eine Datei zustellen</translation>
    </message>
    <message>
        <source>A hook must be an object: {&quot;name&quot;, &quot;event&quot;, &quot;target&quot;}</source>
        <translation>Ein Hook muss ein Objekt sein: {&quot;name&quot;, &quot;event&quot;, &quot;target&quot;}</translation>
    </message>
    <message>
        <source>&quot;name&quot; is missing or not a string</source>
        <translation>„name“ fehlt oder ist kein Text</translation>
    </message>
    <message>
        <source>&quot;event&quot; must be &quot;on_request&quot;, &quot;on_response&quot; or &quot;on_budget&quot;</source>
        <translation>„event“ muss „on_request“, „on_response“ oder „on_budget“ sein</translation>
    </message>
    <message>
        <source>&quot;target&quot; is missing or not an object</source>
        <translation>„target“ fehlt oder ist kein Objekt</translation>
    </message>
    <message>
        <source>&quot;enabled&quot; must be true or false</source>
        <translation>„enabled“ muss true oder false sein</translation>
    </message>
    <message>
        <source>&quot;when&quot; is for requests and answers: a budget has a filter of its own</source>
        <translation>„when“ gilt für Anfragen und Antworten: ein Budget hat einen eigenen Filter</translation>
    </message>
    <message>
        <source>&quot;when&quot; must be a string, as typed into the filter of the window</source>
        <translation>„when“ muss ein Text sein, wie er in den Filter des Fensters getippt wird</translation>
    </message>
    <message>
        <source>&quot;when&quot; is not a filter, at character %1: %2</source>
        <translation>„when“ ist kein Filter, bei Zeichen %1: %2</translation>
    </message>
    <message>
        <source>&quot;delivery&quot; must be &quot;best_effort&quot; or &quot;at_least_once&quot;</source>
        <translation>„delivery“ muss „best_effort“ oder „at_least_once“ sein</translation>
    </message>
    <message>
        <source>&quot;batch&quot; must be an object: {&quot;max_events&quot;, &quot;max_wait_ms&quot;}</source>
        <translation>„batch“ muss ein Objekt sein: {&quot;max_events&quot;, &quot;max_wait_ms&quot;}</translation>
    </message>
    <message>
        <source>&quot;max_events&quot; must be a whole number from 1 to %1</source>
        <translation>„max_events“ muss eine ganze Zahl von 1 bis %1 sein</translation>
    </message>
    <message>
        <source>&quot;max_wait_ms&quot; must be a whole number from 0 to %1</source>
        <translation>„max_wait_ms“ muss eine ganze Zahl von 0 bis %1 sein</translation>
    </message>
    <message>
        <source>&quot;retry&quot; must be an object with &quot;schedule_ms&quot;: a list of 1 to %1 waits in milliseconds, before the second try, the third, ...</source>
        <translation>„retry“ muss ein Objekt mit „schedule_ms“ sein: einer Liste von 1 bis %1 Wartezeiten in Millisekunden, vor dem zweiten Versuch, dem dritten, ...</translation>
    </message>
    <message>
        <source>&quot;schedule_ms&quot; must hold whole numbers from 0 to %1 (24 hours)</source>
        <translation>„schedule_ms“ muss ganze Zahlen von 0 bis %1 (24 Stunden) enthalten</translation>
    </message>
    <message>
        <source>&quot;schedule_ms&quot; must come to at most three days</source>
        <translation>„schedule_ms“ darf zusammen höchstens drei Tage ergeben</translation>
    </message>
    <message>
        <source>&quot;parallel&quot; must be a whole number from 1 to %1</source>
        <translation>„parallel“ muss eine ganze Zahl von 1 bis %1 sein</translation>
    </message>
    <message>
        <source>&quot;retry&quot; is for &quot;delivery&quot;: &quot;at_least_once&quot;; best effort is tried three times within seconds</source>
        <translation>„retry“ gehört zu &quot;delivery&quot;: &quot;at_least_once&quot;; sonst wird dreimal innerhalb von Sekunden versucht</translation>
    </message>
    <message>
        <source>&quot;delivery&quot;, &quot;parallel&quot;, &quot;batch&quot; and &quot;retry&quot; are for webhooks: lines of files and of the audit log are written at once</source>
        <translation>„delivery“, „parallel“, „batch“ und „retry“ sind für Webhooks: Zeilen von Dateien und des Audit-Logs werden sofort geschrieben</translation>
    </message>
    <message>
        <source>&quot;limit&quot; must be an object: {&quot;events&quot;: from 1 to %1, &quot;per_s&quot;: from 1 to %2}</source>
        <translation>„limit“ muss ein Objekt sein: {&quot;events&quot;: 1 bis %1, &quot;per_s&quot;: 1 bis %2}</translation>
    </message>
    <message>
        <source>&quot;template&quot; and &quot;sign_with&quot; are for webhooks</source>
        <translation>„template“ und „sign_with“ gibt es nur für Webhooks</translation>
    </message>
    <message>
        <source>&quot;headers&quot; and &quot;allow_private&quot; are for webhooks and collectors</source>
        <translation>„headers“ und „allow_private“ gibt es nur für Webhooks und Collectors</translation>
    </message>
    <message>
        <source>A collector gets spans, which have an end: its &quot;event&quot; must be &quot;on_response&quot;</source>
        <translation>Ein Collector bekommt Spans, die ein Ende haben: sein „event“ muss „on_response“ sein</translation>
    </message>
    <message>
        <source>&quot;limit&quot; is not for collectors: a digest is no span</source>
        <translation>„limit“ gilt nicht für Collectors: eine Zusammenfassung ist kein Span</translation>
    </message>
    <message>
        <source>%1 must start with http:// or https://</source>
        <translation>%1 muss mit http:// oder https:// beginnen</translation>
    </message>
    <message>
        <source>%1 cannot hold a line break or another control character</source>
        <translation>%1 darf keinen Zeilenumbruch und kein anderes Steuerzeichen enthalten</translation>
    </message>
    <message>
        <source>%1 is not a URL: %2</source>
        <translation>%1 ist keine URL: %2</translation>
    </message>
    <message>
        <source>%1 must name a host</source>
        <translation>%1 muss einen Host nennen</translation>
    </message>
    <message>
        <source>%1 must have a port from 1 to 65535, or none</source>
        <translation>%1 muss einen Port von 1 bis 65535 haben oder keinen</translation>
    </message>
    <message>
        <source>Program cannot be empty</source>
        <translation>Das Programm darf nicht leer sein</translation>
    </message>
    <message>
        <source>Program must be an absolute path: start it with /</source>
        <translation>Das Programm muss ein absoluter Pfad sein: mit / beginnen</translation>
    </message>
    <message>
        <source>Program and arguments cannot hold NUL, nor the program a control character</source>
        <translation>Programm und Argumente dürfen kein NUL enthalten, das Programm auch kein Steuerzeichen</translation>
    </message>
    <message>
        <source>&quot;%1&quot; of &quot;target&quot; must be a whole number from %2 to %3</source>
        <translation>„%1“ von „target“ muss eine ganze Zahl von %2 bis %3 sein</translation>
    </message>
    <message>
        <source>&quot;rotate&quot; of &quot;target&quot; must be an object: {&quot;max_bytes&quot;, &quot;max_age_s&quot;, &quot;keep&quot;, &quot;compress&quot;}</source>
        <translation>„rotate“ von „target“ muss ein Objekt sein: {&quot;max_bytes&quot;, &quot;max_age_s&quot;, &quot;keep&quot;, &quot;compress&quot;}</translation>
    </message>
    <message>
        <source>&quot;compress&quot; of &quot;rotate&quot; must be &quot;zstd&quot;, or not there</source>
        <translation>„compress“ von „rotate“ muss &quot;zstd&quot; sein oder fehlen</translation>
    </message>
    <message>
        <source>&quot;rotate&quot; needs &quot;max_bytes&quot; or &quot;max_age_s&quot;</source>
        <translation>„rotate“ braucht „max_bytes“ oder „max_age_s“</translation>
    </message>
    <message>
        <source>&quot;target&quot; needs &quot;command&quot;, a list of strings: the program&apos;s absolute path and its arguments</source>
        <translation>„target“ braucht „command“, eine Liste von Zeichenketten: den absoluten Pfad des Programms und seine Argumente</translation>
    </message>
    <message>
        <source>&quot;type&quot; of &quot;target&quot; must be &quot;webhook&quot;, &quot;file&quot;, &quot;audit&quot;, &quot;notify&quot;, &quot;exec&quot; or &quot;otlp&quot;</source>
        <translation>„type“ von „target“ muss &quot;webhook&quot;, &quot;file&quot;, &quot;audit&quot;, &quot;notify&quot;, &quot;exec&quot; oder &quot;otlp&quot; sein</translation>
    </message>
    <message>
        <source>Webhook URL</source>
        <translation>Webhook-URL</translation>
    </message>
    <message>
        <source>Collector URL</source>
        <translation>Collector-URL</translation>
    </message>
    <message>
        <source>&quot;%1&quot; cannot be the name of a header</source>
        <translation>„%1“ kann kein Name eines Headers sein</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is set by Hookscope itself</source>
        <translation>„%1“ setzt Hookscope selbst</translation>
    </message>
    <message>
        <source>The value of &quot;%1&quot; can hold printable ASCII only, without spaces around it</source>
        <translation>Der Wert von „%1“ darf nur druckbares ASCII enthalten, ohne Leerzeichen davor und dahinter</translation>
    </message>
    <message>
        <source>&quot;{secret:%1}&quot; must name a value by letters, digits and _</source>
        <translation>„{secret:%1}“ muss einen Wert mit Buchstaben, Ziffern und _ benennen</translation>
    </message>
    <message>
        <source>&quot;%1&quot; carries a credential, which must not be in a file: put it into the keyring and write {secret:NAME}</source>
        <translation>„%1“ enthält Zugangsdaten, die nicht in eine Datei gehören: in den Schlüsselbund legen und {secret:NAME} schreiben</translation>
    </message>
    <message>
        <source>&quot;template&quot; must be a string: JSON with places like {{summary}}</source>
        <translation>„template“ muss eine Zeichenkette sein: JSON mit Stellen wie {{summary}}</translation>
    </message>
    <message>
        <source>&quot;headers&quot; must be an object: {&quot;Name&quot;: &quot;value&quot;}</source>
        <translation>„headers“ muss ein Objekt sein: {&quot;Name&quot;: &quot;Wert&quot;}</translation>
    </message>
    <message>
        <source>&quot;headers&quot;: the value of &quot;%1&quot; must be a string</source>
        <translation>„headers“: der Wert von „%1“ muss eine Zeichenkette sein</translation>
    </message>
    <message>
        <source>&quot;sign_with&quot; must be a list of names of keys in the keyring</source>
        <translation>„sign_with“ muss eine Liste von Namen von Schlüsseln im Schlüsselbund sein</translation>
    </message>
    <message>
        <source>&quot;allow_private&quot; must be true or false</source>
        <translation>„allow_private“ muss true oder false sein</translation>
    </message>
    <message>
        <source>&quot;headers&quot; can hold at most %1 fields</source>
        <translation>„headers“ darf höchstens %1 Felder enthalten</translation>
    </message>
    <message>
        <source>&quot;headers&quot; holds &quot;%1&quot; twice</source>
        <translation>„headers“ enthält „%1“ zweimal</translation>
    </message>
    <message>
        <source>&quot;sign_with&quot; can name at most two keys: the present one, and the earlier one while receivers change over</source>
        <translation>„sign_with“ darf höchstens zwei Schlüssel nennen: den jetzigen und, solange Empfänger umstellen, den früheren</translation>
    </message>
    <message>
        <source>&quot;sign_with&quot; must name keys by letters, digits and _, not &quot;%1&quot;</source>
        <translation>„sign_with“ muss Schlüssel mit Buchstaben, Ziffern und _ benennen, nicht „%1“</translation>
    </message>
    <message>
        <source>there is no value for the secret %1</source>
        <translation>für das Geheimnis %1 gibt es keinen Wert</translation>
    </message>
</context>
<context>
    <name>hookscope::HookDispatcher</name>
    <message>
        <source>Wrote a line to the audit log</source>
        <translation>Eine Zeile in das Audit-Log geschrieben</translation>
    </message>
    <message>
        <source>The audit log takes no more lines: its reader has stopped</source>
        <translation>Das Audit-Log nimmt keine Zeilen mehr an: wer es liest, hat aufgehört</translation>
    </message>
    <message>
        <source>The queue of its receiver is full</source>
        <translation>Die Warteschlange des Empfängers ist voll</translation>
    </message>
    <message>
        <source>Appended a line to %1</source>
        <translation>Eine Zeile an %1 angehängt</translation>
    </message>
    <message>
        <source>File %1 ended within a line; that line was closed</source>
        <translation>Datei %1 endete mitten in einer Zeile; diese wurde abgeschlossen</translation>
    </message>
    <message>
        <source>Answered %1 in %2 ms</source>
        <translation>Antwortete %1 in %2 ms</translation>
    </message>
    <message>
        <source>%1 (after %2 ms)</source>
        <translation>%1 (nach %2 ms)</translation>
    </message>
    <message>
        <source>Appended a line of %1 bytes to %2 in %3 ms</source>
        <translation>Eine Zeile von %1 Bytes in %3 ms an %2 angehängt</translation>
    </message>
    <message>
        <source>stopped before %1 events were delivered</source>
        <translation>beendet, bevor %1 Ereignisse zugestellt waren</translation>
    </message>
    <message>
        <source>%1: the event is dropped</source>
        <translation>%1: das Ereignis wird verworfen</translation>
    </message>
    <message>
        <source>The outbox and the memory for what it cannot take are full</source>
        <translation>Der Postausgang und der Speicher für das, was er nicht aufnimmt, sind voll</translation>
    </message>
    <message>
        <source>%1 events wait in the outbox for the next start</source>
        <translation>%1 Ereignisse warten im Postausgang auf den nächsten Start</translation>
    </message>
    <message>
        <source>the receiver answered 410 Gone; the hook is switched off</source>
        <translation>der Empfänger antwortete 410 Gone; der Hook wird ausgeschaltet</translation>
    </message>
    <message>
        <source>Handed to the desktop</source>
        <translation>Dem Desktop übergeben</translation>
    </message>
    <message>
        <source>There is no desktop here to show it</source>
        <translation>Hier ist kein Desktop, der es zeigen könnte</translation>
    </message>
    <message>
        <source>the hook was removed; %1 events that waited for it are given up</source>
        <translation>der Hook wurde entfernt; %1 Ereignisse, die auf ihn warteten, sind aufgegeben</translation>
    </message>
</context>
<context>
    <name>hookscope::HookEditor</name>
    <message>
        <source>&amp;Enabled</source>
        <translation>&amp;Aktiv</translation>
    </message>
    <message>
        <source>Send &amp;Test Event</source>
        <translation>&amp;Testereignis senden</translation>
    </message>
    <message>
        <source>Add Hook</source>
        <translation>Hook hinzufügen</translation>
    </message>
    <message>
        <source>Edit Hook</source>
        <translation>Hook bearbeiten</translation>
    </message>
    <message>
        <source>What it is for, e.g. “spend log”</source>
        <translation>Wofür er da ist, z. B. „Kostenprotokoll“</translation>
    </message>
    <message>
        <source>On request: when a request was read whole. On response: when its answer ended; LLM calls with their tokens come here too. On budget: when a budget of the settings is crossed.</source>
        <translation>Bei Anfrage: wenn eine Anfrage ganz gelesen wurde. Bei Antwort: wenn ihre Antwort endete; auch LLM-Aufrufe mit ihren Token kommen dann. Bei Budget: wenn ein Budget der Einstellungen überschritten wird.</translation>
    </message>
    <message>
        <source>&amp;Name:</source>
        <translation>&amp;Name:</translation>
    </message>
    <message>
        <source>E&amp;vent:</source>
        <translation>&amp;Ereignis:</translation>
    </message>
    <message>
        <source>&amp;Deliver to:</source>
        <translation>&amp;Zustellen an:</translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation>&amp;Hinzufügen</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Speichern</translation>
    </message>
    <message>
        <source>Sends one sample event to this target and shows the answer</source>
        <translation>Sendet ein Beispielereignis an dieses Ziel und zeigt die Antwort</translation>
    </message>
    <message>
        <source>Sending …</source>
        <translation>Wird gesendet …</translation>
    </message>
    <message>
        <source>Another hook of this set is named “%1”</source>
        <translation>Ein anderer Hook dieses Satzes heißt „%1“</translation>
    </message>
    <message>
        <source>Always, or a filter: cost&gt;0.5 model:opus*</source>
        <translation>Immer, oder ein Filter: cost&gt;0.5 model:opus*</translation>
    </message>
    <message>
        <source>The same language as the filter of the requests. Tokens and cost are known of the answers of LLM calls only</source>
        <translation>Dieselbe Sprache wie der Filter der Anfragen. Token und Kosten sind nur von den Antworten der LLM-Aufrufe bekannt</translation>
    </message>
    <message>
        <source>&amp;When:</source>
        <translation>&amp;Wenn:</translation>
    </message>
    <message>
        <source>Would have fired on %1 of the last %2 captured requests</source>
        <translation>Hätte bei %1 der letzten %2 aufgezeichneten Anfragen ausgelöst</translation>
    </message>
    <message>
        <source>At m&amp;ost</source>
        <translation>&amp;Höchstens</translation>
    </message>
    <message>
        <source>&amp;More: headers, signature, body</source>
        <translation>&amp;Mehr: Header, Signatur, Inhalt</translation>
    </message>
    <message>
        <source>What is beyond is counted, and told of by one event when the time is over</source>
        <translation>Was darüber hinausgeht, wird gezählt und nach Ablauf der Zeit mit einem Ereignis gemeldet</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>events in</source>
        <translation>Ereignisse in</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>New hook</source>
        <translation>Neuer Hook</translation>
    </message>
</context>
<context>
    <name>hookscope::HookOutcomesPage</name>
    <message>
        <source>on_request</source>
        <translation>on_request</translation>
    </message>
    <message>
        <source>on_response · LLM event</source>
        <translation>on_response · LLM-Ereignis</translation>
    </message>
    <message>
        <source>on_response</source>
        <translation>on_response</translation>
    </message>
    <message>
        <source>✓ delivered</source>
        <translation>✓ zugestellt</translation>
    </message>
    <message>
        <source>✗ failed</source>
        <translation>✗ fehlgeschlagen</translation>
    </message>
    <message>
        <source>– dropped</source>
        <translation>– verworfen</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Hook</source>
        <translation>Hook</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Ereignis</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>What came back</source>
        <translation>Was zurückkam</translation>
    </message>
    <message>
        <source>Hooks that fired for this request</source>
        <translation>Hooks, die für diese Anfrage ausgelöst wurden</translation>
    </message>
    <message>
        <source>No outcome of a hook is known: none fired, or it was too long ago.</source>
        <translation>Kein Ergebnis eines Hooks bekannt: keiner wurde ausgelöst, oder es ist zu lange her.</translation>
    </message>
    <message>
        <source>No hook has fired for this request.</source>
        <translation>Für diese Anfrage wurde kein Hook ausgelöst.</translation>
    </message>
    <message>
        <source>… again later</source>
        <translation>… später erneut</translation>
    </message>
</context>
<context>
    <name>hookscope::HookPanel</name>
    <message>
        <source>&amp;Add Hook…</source>
        <translation>Hook &amp;hinzufügen …</translation>
    </message>
    <message>
        <source>&amp;Edit Hook…</source>
        <translation>Hook &amp;bearbeiten …</translation>
    </message>
    <message>
        <source>&amp;Duplicate Hook</source>
        <translation>Hook &amp;duplizieren</translation>
    </message>
    <message>
        <source>&amp;Remove Hook</source>
        <translation>Hook &amp;entfernen</translation>
    </message>
    <message>
        <source>Send &amp;Test Event</source>
        <translation>&amp;Testereignis senden</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Add a hook (Ctrl+Shift+N)</source>
        <translation>Einen Hook hinzufügen (Strg+Umschalt+N)</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Edit the selected hook (Return)</source>
        <translation>Den ausgewählten Hook bearbeiten (Return)</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Duplizieren</translation>
    </message>
    <message>
        <source>Add a copy of the selected hook (Ctrl+D)</source>
        <translation>Eine Kopie des ausgewählten Hooks hinzufügen (Strg+D)</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove the selected hooks (Delete); Undo brings them back</source>
        <translation>Die ausgewählten Hooks entfernen (Entf); Rückgängig holt sie zurück</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Testen</translation>
    </message>
    <message>
        <source>Send one sample event to the selected hook and show the answer (Ctrl+T)</source>
        <translation>Ein Beispielereignis an den ausgewählten Hook senden und die Antwort zeigen (Strg+T)</translation>
    </message>
    <message>
        <source>Hooks</source>
        <translation>Hooks</translation>
    </message>
    <message>
        <source>No hooks yet.
A hook delivers every request, or every answer with its tokens, to a webhook, a file or the audit log.</source>
        <translation>Noch keine Hooks.
Ein Hook stellt jede Anfrage oder jede Antwort mit ihren Token an einen Webhook, eine Datei oder das Audit-Log zu.</translation>
    </message>
    <message>
        <source>Edit %1</source>
        <translation>%1 bearbeiten</translation>
    </message>
    <message>
        <source>Add %1</source>
        <translation>%1 hinzufügen</translation>
    </message>
    <message>
        <source>Duplicate %1</source>
        <translation>%1 duplizieren</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>%1 entfernen</translation>
    </message>
    <message>
        <source>Remove %1 hooks</source>
        <translation>%1 Hooks entfernen</translation>
    </message>
    <message>
        <source>Sending a test event to “%1” …</source>
        <translation>Ein Testereignis wird an „%1“ gesendet …</translation>
    </message>
    <message>
        <source>✓ Test of “%1”: %2</source>
        <translation>✓ Test von „%1“: %2</translation>
    </message>
    <message>
        <source>✕ Test of “%1”: %2</source>
        <translation>✕ Test von „%1“: %2</translation>
    </message>
    <message>
        <source>Send &amp;Given-Up Events Again</source>
        <translation>Auf&amp;gegebene Ereignisse erneut senden</translation>
    </message>
    <message>
        <source>Send Again</source>
        <translation>Erneut senden</translation>
    </message>
    <message>
        <source>Send again what the selected hooks gave up; each event has the id that it had</source>
        <translation>Sendet erneut, was die gewählten Hooks aufgegeben haben; jedes Ereignis behält seine Kennung</translation>
    </message>
    <message>
        <source>Disable %1</source>
        <translation>%1 ausschalten</translation>
    </message>
    <message>
        <source>Move Hook &amp;Up</source>
        <translation>Hook nach &amp;oben</translation>
    </message>
    <message>
        <source>Move Hook Do&amp;wn</source>
        <translation>Hook nach &amp;unten</translation>
    </message>
    <message>
        <source>Hooks fire, and are saved, in the order of the list; rows can be dragged as well</source>
        <translation>Hooks lösen in der Reihenfolge der Liste aus und werden so gespeichert; Zeilen lassen sich auch ziehen</translation>
    </message>
</context>
<context>
    <name>hookscope::HookPreview</name>
    <message>
        <source>Event of the preview</source>
        <translation>Ereignis der Vorschau</translation>
    </message>
    <message>
        <source>Captured events for which this hook is due, the newest first</source>
        <translation>Aufgezeichnete Ereignisse, bei denen dieser Hook auslöst, das neueste zuerst</translation>
    </message>
    <message>
        <source>What would be delivered</source>
        <translation>Was zugestellt würde</translation>
    </message>
    <message>
        <source>a sample event, as a test sends it</source>
        <translation>ein Beispielereignis, wie ein Test es sendet</translation>
    </message>
    <message>
        <source>There is nothing to be seen yet: %1</source>
        <translation>Noch ist nichts zu sehen: %1</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>P&amp;review of:</source>
        <translation>Vo&amp;rschau von:</translation>
    </message>
</context>
<context>
    <name>hookscope::HookRegistry</name>
    <message>
        <source>Two hooks are named &quot;%1&quot;: rename one</source>
        <translation>Zwei Hooks heißen „%1“: einen umbenennen</translation>
    </message>
</context>
<context>
    <name>hookscope::HookSet</name>
    <message>
        <source>line 1, column 1: the file is empty</source>
        <translation>Zeile 1, Spalte 1: die Datei ist leer</translation>
    </message>
    <message>
        <source>line %1, column %2: not JSON (%3)</source>
        <translation>Zeile %1, Spalte %2: kein JSON (%3)</translation>
    </message>
    <message>
        <source>a hook named %1 stands at position %2 already</source>
        <translation>ein Hook namens %1 steht schon an Stelle %2</translation>
    </message>
    <message>
        <source>%1 is a folder: name a file</source>
        <translation>%1 ist ein Ordner: eine Datei angeben</translation>
    </message>
    <message>
        <source>%1 is a pipe, socket or device: name a regular file</source>
        <translation>%1 ist eine Pipe, ein Socket oder ein Gerät: eine gewöhnliche Datei angeben</translation>
    </message>
    <message>
        <source>The folder %1 could not be written to disk: %2. Save again, or elsewhere.</source>
        <translation>Der Ordner %1 konnte nicht auf die Festplatte geschrieben werden: %2. Noch einmal speichern oder anderswo.</translation>
    </message>
    <message>
        <source>%1 is a symbolic link and is not written through: save to the file that it points to, %2</source>
        <translation>%1 ist ein symbolischer Link, durch den nicht geschrieben wird: in die Datei speichern, auf die er zeigt, %2</translation>
    </message>
    <message>
        <source>there is no list &quot;hooks&quot;: a hook set is {&quot;name&quot;: &quot;...&quot;, &quot;hooks&quot;: [...]} or a list of hooks</source>
        <translation>es gibt keine Liste „hooks“: ein Hook-Satz ist {&quot;name&quot;: &quot;...&quot;, &quot;hooks&quot;: [...]} oder eine Liste von Hooks</translation>
    </message>
    <message>
        <source>the hook set&apos;s &quot;name&quot; must be a string</source>
        <translation>der „name“ des Hook-Satzes muss ein Text sein</translation>
    </message>
    <message>
        <source>The hook set %1 cannot be opened: %2. Check the path.</source>
        <translation>Der Hook-Satz %1 kann nicht geöffnet werden: %2. Den Pfad prüfen.</translation>
    </message>
    <message>
        <source>The hook set %1 cannot be opened: %2. Check its permissions.</source>
        <translation>Der Hook-Satz %1 kann nicht geöffnet werden: %2. Seine Zugriffsrechte prüfen.</translation>
    </message>
    <message>
        <source>The hook set %1 cannot be read: %2</source>
        <translation>Der Hook-Satz %1 kann nicht gelesen werden: %2</translation>
    </message>
    <message>
        <source>%1 is larger than 16 MiB: that is no hook set</source>
        <translation>%1 ist größer als 16 MiB: das ist kein Hook-Satz</translation>
    </message>
    <message>
        <source>The hook set %1 cannot be used: %2. Correct the file.</source>
        <translation>Der Hook-Satz %1 kann nicht benutzt werden: %2. Die Datei berichtigen.</translation>
    </message>
    <message>
        <source>The hook set %1 could not be saved: %2. What was there before is unchanged; make room or choose another place.</source>
        <translation>Der Hook-Satz %1 konnte nicht gespeichert werden: %2. Was vorher dort war, ist unverändert; Platz schaffen oder einen anderen Ort wählen.</translation>
    </message>
</context>
<context>
    <name>hookscope::HookSetDocument</name>
    <message>
        <source>Untitled</source>
        <translation>Unbenannt</translation>
    </message>
</context>
<context>
    <name>hookscope::HookTableModel</name>
    <message>
        <source>%1, enabled</source>
        <translation>%1, aktiv</translation>
    </message>
    <message>
        <source>%1, off</source>
        <translation>%1, aus</translation>
    </message>
    <message>
        <source>nothing has failed</source>
        <translation>nichts ist fehlgeschlagen</translation>
    </message>
    <message>
        <source>Last delivery or failure: %1; %2</source>
        <translation>Letzte Zustellung oder letzter Fehlschlag: %1; %2</translation>
    </message>
    <message>
        <source>Entry %1 of the file cannot be used (%2). It is kept as it is when the set is saved.</source>
        <translation>Eintrag %1 der Datei kann nicht benutzt werden (%2). Er bleibt unverändert, wenn der Satz gespeichert wird.</translation>
    </message>
    <message>
        <source>⚠ Entry %1</source>
        <translation>⚠ Eintrag %1</translation>
    </message>
    <message>
        <source>not usable</source>
        <translation>nicht benutzbar</translation>
    </message>
    <message>
        <source>Enable %1</source>
        <translation>%1 einschalten</translation>
    </message>
    <message>
        <source>Disable %1</source>
        <translation>%1 ausschalten</translation>
    </message>
    <message>
        <source>Hook</source>
        <translation>Hook</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Ereignis</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>Zugestellt</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>Dropped</source>
        <translation>Verworfen</translation>
    </message>
    <message>
        <source>Last error</source>
        <translation>Letzter Fehler</translation>
    </message>
    <message>
        <source>%1 if %2</source>
        <translation>%1, wenn %2</translation>
    </message>
    <message>
        <source>Events that are queued or under way; those of hooks that deliver at least once also after a restart</source>
        <translation>Ereignisse, die anstehen oder unterwegs sind; die von Hooks, die mindestens einmal zustellen, auch nach einem Neustart</translation>
    </message>
    <message>
        <source>Events that were given up</source>
        <translation>Ereignisse, die aufgegeben wurden</translation>
    </message>
    <message>
        <source>Events for which there was no room</source>
        <translation>Ereignisse, für die kein Platz war</translation>
    </message>
    <message>
        <source>Events that were given up and are kept for 30 days: they can be sent again</source>
        <translation>Ereignisse, die aufgegeben wurden und 30 Tage lang aufbewahrt werden: sie können erneut gesendet werden</translation>
    </message>
    <message>
        <source>fails since %1</source>
        <translation>schlägt fehl seit %1</translation>
    </message>
    <message>
        <source>next try %1</source>
        <translation>nächster Versuch %1</translation>
    </message>
    <message>
        <source>the oldest that waits is of %1</source>
        <translation>das älteste wartende ist von %1</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartend</translation>
    </message>
    <message>
        <source>Given up</source>
        <translation>Aufgegeben</translation>
    </message>
    <message>
        <source>repeated tries: %1</source>
        <translation>wiederholte Versuche: %1</translation>
    </message>
    <message>
        <source>Delivery</source>
        <translation>Zustellung</translation>
    </message>
    <message>
        <source>Nothing was delivered yet</source>
        <translation>Noch wurde nichts zugestellt</translation>
    </message>
    <message>
        <source>In the last hour: %1 events delivered, %2 given up or dropped, %3 tries repeated</source>
        <translation>In der letzten Stunde: %1 Ereignisse zugestellt, %2 aufgegeben oder verworfen, %3 Versuche wiederholt</translation>
    </message>
    <message>
        <source>By the minute: upwards what was delivered, downwards what failed, paler if it was tried again</source>
        <translation>Je Minute: nach oben, was zugestellt wurde, nach unten, was fehlschlug, blasser, wenn es wieder versucht wurde</translation>
    </message>
    <message>
        <source>When the oldest event that waits was made</source>
        <translation>Wann das älteste wartende Ereignis entstand</translation>
    </message>
    <message>
        <source>Last hour</source>
        <translation>Letzte Stunde</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Seit</translation>
    </message>
    <message>
        <source>Move %1</source>
        <translation>%1 verschieben</translation>
    </message>
    <message>
        <source>Move %1 hooks</source>
        <translation>%1 Hooks verschieben</translation>
    </message>
</context>
<context>
    <name>hookscope::Importer</name>
    <message>
        <source>%1 cannot be imported: it is empty.</source>
        <translation>%1 kann nicht importiert werden: die Datei ist leer.</translation>
    </message>
    <message>
        <source>%1 cannot be imported: it is neither a HAR file nor one with a JSON event a line (both begin with a brace).</source>
        <translation>%1 kann nicht importiert werden: es ist weder eine HAR-Datei noch eine mit einem JSON-Ereignis je Zeile (beide beginnen mit einer geschweiften Klammer).</translation>
    </message>
    <message>
        <source>%1 cannot be imported: %2.</source>
        <translation>%1 kann nicht importiert werden: %2.</translation>
    </message>
    <message>
        <source>%1 cannot be imported: there is no such file.</source>
        <translation>%1 kann nicht importiert werden: es gibt keine solche Datei.</translation>
    </message>
    <message>
        <source>%1 cannot be imported: it is not a file.</source>
        <translation>%1 kann nicht importiert werden: es ist keine Datei.</translation>
    </message>
    <message>
        <source>%1 cannot be read to its end: %2.</source>
        <translation>%1 kann nicht bis zum Ende gelesen werden: %2.</translation>
    </message>
    <message>
        <source>%1 cannot be imported: nothing in it can be used (%2).</source>
        <translation>%1 kann nicht importiert werden: nichts darin ist verwendbar (%2).</translation>
    </message>
</context>
<context>
    <name>hookscope::JsonlReader</name>
    <message>
        <source>line %1</source>
        <translation>Zeile %1</translation>
    </message>
    <message>
        <source>it is longer than %1 bytes</source>
        <translation>sie ist länger als %1 Bytes</translation>
    </message>
</context>
<context>
    <name>hookscope::JsonlTail</name>
    <message>
        <source>the file was cut within it</source>
        <translation>die Datei wurde mittendrin abgeschnitten</translation>
    </message>
    <message>
        <source>the file ended within it</source>
        <translation>die Datei endete mittendrin</translation>
    </message>
</context>
<context>
    <name>hookscope::Keyring</name>
    <message>
        <source>The keyring did not take it: %1</source>
        <translation>Der Schlüsselbund hat es nicht angenommen: %1</translation>
    </message>
</context>
<context>
    <name>hookscope::LimitsModel</name>
    <message>
        <source>%1 (in %2)</source>
        <translation>%1 (in %2)</translation>
    </message>
    <message>
        <source>%1 (passed)</source>
        <translation>%1 (vorbei)</translation>
    </message>
    <message>
        <source>As the provider said it: %1</source>
        <translation>Wie der Anbieter es angab: %1</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>Anbieter</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Of what</source>
        <translation>Wovon</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Übrig</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>Limit</translation>
    </message>
    <message>
        <source>Whole again</source>
        <translation>Wieder ganz</translation>
    </message>
    <message>
        <source>Told before</source>
        <translation>Davor gemeldet</translation>
    </message>
</context>
<context>
    <name>hookscope::LimitsTable</name>
    <message>
        <source>Rate limits by provider and model</source>
        <translation>Ratenlimits nach Anbieter und Modell</translation>
    </message>
    <message>
        <source>No provider has told of its rate limits yet.</source>
        <translation>Noch hat kein Anbieter seine Ratenlimits genannt.</translation>
    </message>
</context>
<context>
    <name>hookscope::LivePage</name>
    <message>
        <source>New requests appear here.</source>
        <translation>Neue Anfragen erscheinen hier.</translation>
    </message>
    <message>
        <source>None of the %1 requests matches the filter. Press / to change it.</source>
        <translation>Keine der %1 Anfragen passt zum Filter. Mit / lässt er sich ändern.</translation>
    </message>
</context>
<context>
    <name>hookscope::LiveView</name>
    <message>
        <source>Take the mark&apos;s colour away</source>
        <translation>Die Farbe der Marke entfernen</translation>
    </message>
    <message>
        <source>Mark: %1</source>
        <translation>Marke: %1</translation>
    </message>
    <message>
        <source>Pin or unpin</source>
        <translation>Anheften oder lösen</translation>
    </message>
    <message>
        <source>Next pinned request</source>
        <translation>Nächste angeheftete Anfrage</translation>
    </message>
    <message>
        <source>Previous pinned request</source>
        <translation>Vorherige angeheftete Anfrage</translation>
    </message>
    <message>
        <source>Comment on the request</source>
        <translation>Die Anfrage kommentieren</translation>
    </message>
    <message>
        <source>Next request</source>
        <translation>Nächste Anfrage</translation>
    </message>
    <message>
        <source>Previous request</source>
        <translation>Vorherige Anfrage</translation>
    </message>
    <message>
        <source>Open the request&apos;s details</source>
        <translation>Die Details der Anfrage öffnen</translation>
    </message>
    <message>
        <source>Sort by the current column</source>
        <translation>Nach der aktuellen Spalte sortieren</translation>
    </message>
    <message>
        <source>First request</source>
        <translation>Erste Anfrage</translation>
    </message>
    <message>
        <source>Last request</source>
        <translation>Letzte Anfrage</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>Jump to the newest request and follow again (Ctrl+End)</source>
        <translation>Zur neuesten Anfrage springen und wieder folgen (Strg+Ende)</translation>
    </message>
    <message>
        <source>Click to sort, drag to move, right-click to choose columns</source>
        <translation>Klicken zum Sortieren, Ziehen zum Verschieben, Rechtsklick zum Wählen der Spalten</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <source>▼ %1 new</source>
        <translation>▼ %1 neue</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>Kommentar</translation>
    </message>
    <message>
        <source>Your comment on this request:</source>
        <translation>Der eigene Kommentar zu dieser Anfrage:</translation>
    </message>
    <message>
        <source>&amp;Mark</source>
        <translation>&amp;Markieren</translation>
    </message>
    <message>
        <source>&amp;0 No Colour</source>
        <translation>&amp;0 Keine Farbe</translation>
    </message>
    <message>
        <source>&amp;Pin or Unpin (P)</source>
        <translation>&amp;Anheften oder lösen (P)</translation>
    </message>
    <message>
        <source>&amp;Comment…</source>
        <translation>&amp;Kommentar …</translation>
    </message>
    <message>
        <source># Not all that was selected: export it to a file.</source>
        <translation># Nicht alles, was ausgewählt war: in eine Datei exportieren.</translation>
    </message>
    <message>
        <source>Copy &amp;Rows</source>
        <translation>&amp;Zeilen kopieren</translation>
    </message>
    <message>
        <source>Copy &amp;Cell</source>
        <translation>Zelle k&amp;opieren</translation>
    </message>
    <message>
        <source>Copy &amp;URL</source>
        <translation>&amp;URL kopieren</translation>
    </message>
    <message>
        <source>Copy as cUR&amp;L</source>
        <translation>Als cUR&amp;L kopieren</translation>
    </message>
    <message>
        <source>&amp;Only “%1”</source>
        <translation>&amp;Nur „%1“</translation>
    </message>
    <message>
        <source>&amp;Not “%1”</source>
        <translation>Ni&amp;cht „%1“</translation>
    </message>
    <message>
        <source>Sort %1 &amp;Ascending</source>
        <translation>%1 &amp;aufsteigend sortieren</translation>
    </message>
    <message>
        <source>Sort %1 &amp;Descending</source>
        <translation>%1 a&amp;bsteigend sortieren</translation>
    </message>
    <message>
        <source>&amp;Fit Width to Contents</source>
        <translation>&amp;Breite an Inhalt anpassen</translation>
    </message>
    <message>
        <source>&amp;Reset Columns</source>
        <translation>Spalten &amp;zurücksetzen</translation>
    </message>
    <message>
        <source>Vermilion</source>
        <translation>Zinnober</translation>
    </message>
    <message>
        <source>Orange</source>
        <translation>Orange</translation>
    </message>
    <message>
        <source>Yellow</source>
        <translation>Gelb</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>Grün</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>Blau</translation>
    </message>
    <message>
        <source>Pink</source>
        <translation>Rosa</translation>
    </message>
    <message>
        <source>New hook from the request</source>
        <translation>Neuer Hook aus der Anfrage</translation>
    </message>
    <message>
        <source>New &amp;Hook from This Request…</source>
        <translation>Neuer &amp;Hook aus dieser Anfrage …</translation>
    </message>
</context>
<context>
    <name>hookscope::MainWindow</name>
    <message>
        <source>Listening on %1</source>
        <translation>Lauscht auf %1</translation>
    </message>
    <message>
        <source>1 request</source>
        <translation>1 Anfrage</translation>
    </message>
    <message>
        <source>%1 requests</source>
        <translation>%1 Anfragen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>%1 written to %2.</source>
        <translation>%1 nach %2 geschrieben.</translation>
    </message>
    <message>
        <source>%1 left out: the format has nothing to say of them.</source>
        <translation>%1 ausgelassen: das Format kann davon nichts aussagen.</translation>
    </message>
    <message>
        <source>%1 had left the table before.</source>
        <translation>Schon nicht mehr in der Tabelle: %1.</translation>
    </message>
    <message>
        <source>%1 without heads and with the sum of their calls: more of them is not in memory.</source>
        <translation>%1 ohne Köpfe und mit der Summe der Aufrufe: mehr davon ist nicht im Speicher.</translation>
    </message>
    <message>
        <source>%1 imported from %2.</source>
        <translation>%1 aus %2 importiert.</translation>
    </message>
    <message>
        <source>%1 left out: they are here already.</source>
        <translation>Ausgelassen, da schon vorhanden: %1.</translation>
    </message>
    <message>
        <source>%1 of its entries cannot be used (%2).</source>
        <translation>Nicht benutzbare Einträge: %1 (%2).</translation>
    </message>
    <message>
        <source>%1: %2 read</source>
        <translation>%1: %2 gelesen</translation>
    </message>
    <message>
        <source>, %1 bad lines</source>
        <translation>, %1 fehlerhafte Zeilen</translation>
    </message>
    <message>
        <source>, waiting</source>
        <translation>, wartet</translation>
    </message>
    <message>
        <source>Restored %1</source>
        <translation>%1 wiederhergestellt</translation>
    </message>
    <message>
        <source>The session is not kept on disk now: %1 Traffic goes on, and so does keeping it once that is possible.</source>
        <translation>Die Sitzung wird zurzeit nicht auf der Festplatte behalten: %1 Der Verkehr läuft weiter, und das Behalten auch, sobald es möglich ist.</translation>
    </message>
    <message>
        <source>Events that could not be kept on disk since the start: %1. They are shown here, and will be missing after the next start.</source>
        <translation>Ereignisse, die seit dem Start nicht auf der Festplatte behalten werden konnten: %1. Sie werden hier gezeigt und fehlen nach dem nächsten Start.</translation>
    </message>
    <message>
        <source>The session was saved as %1.</source>
        <translation>Die Sitzung wurde als %1 gespeichert.</translation>
    </message>
    <message>
        <source>%1: lines that are no events, and were skipped: %2. The last: %3.</source>
        <translation>%1: Zeilen, die keine Ereignisse sind und übersprungen wurden: %2. Die letzte: %3.</translation>
    </message>
    <message>
        <source>The receiver of the hook “%1” answered 410: it wants no more events. The hook is switched off; what waits for it is kept.</source>
        <translation>Der Empfänger des Hooks „%1“ antwortete 410: er will keine Ereignisse mehr. Der Hook ist ausgeschaltet; was für ihn wartet, bleibt erhalten.</translation>
    </message>
</context>
<context>
    <name>hookscope::MainWindow::Private</name>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>Live</translation>
    </message>
    <message>
        <source>Usage</source>
        <translation>Verbrauch</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>Anfrage</translation>
    </message>
    <message>
        <source>Hooks</source>
        <translation>Hooks</translation>
    </message>
    <message>
        <source>Totals</source>
        <translation>Summen</translation>
    </message>
    <message>
        <source>Rate Limits</source>
        <translation>Ratenlimits</translation>
    </message>
    <message>
        <source>Hookscope[*]</source>
        <translation>Hookscope[*]</translation>
    </message>
    <message>
        <source>%1[*] — Hookscope</source>
        <translation>%1[*] — Hookscope</translation>
    </message>
    <message>
        <source>%1. %2</source>
        <translation>%1. %2</translation>
    </message>
    <message>
        <source>Change Budgets…</source>
        <translation>Budgets ändern …</translation>
    </message>
    <message>
        <source>&amp;Export Requests…</source>
        <translation>Anfragen &amp;exportieren …</translation>
    </message>
    <message>
        <source>&amp;Import Requests…</source>
        <translation>Anfragen &amp;importieren …</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Writing %1…</source>
        <translation>%1 wird geschrieben …</translation>
    </message>
    <message>
        <source>The export to %1 was cancelled; nothing was written.</source>
        <translation>Der Export nach %1 wurde abgebrochen; nichts wurde geschrieben.</translation>
    </message>
    <message>
        <source>Import Requests</source>
        <translation>Anfragen importieren</translation>
    </message>
    <message>
        <source>HAR and JSON lines (*.har *.jsonl *.ndjson *.json *.log);;All files (*)</source>
        <translation>HAR und JSON-Zeilen (*.har *.jsonl *.ndjson *.json *.log);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importieren</translation>
    </message>
    <message>
        <source>Reading %1…</source>
        <translation>%1 wird gelesen …</translation>
    </message>
    <message>
        <source>The import of %1 was cancelled; what had come in until then stays.</source>
        <translation>Der Import von %1 wurde abgebrochen; was bis dahin hereinkam, bleibt.</translation>
    </message>
    <message>
        <source>An entry of %1 cannot be used</source>
        <translation>Ein Eintrag von %1 kann nicht benutzt werden</translation>
    </message>
    <message>
        <source>%1 entries of %2 cannot be used</source>
        <translation>%1 Einträge von %2 können nicht benutzt werden</translation>
    </message>
    <message>
        <source>%1 (entry %2: %3). What cannot be used is greyed in the list of hooks and kept as it is when the set is saved.</source>
        <translation>%1 (Eintrag %2: %3). Was nicht benutzt werden kann, ist in der Liste der Hooks ausgegraut und bleibt unverändert, wenn der Satz gespeichert wird.</translation>
    </message>
    <message>
        <source>Open Hook Set</source>
        <translation>Hook-Satz öffnen</translation>
    </message>
    <message>
        <source>Hook sets (*.json);;All files (*)</source>
        <translation>Hook-Sätze (*.json);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Save Hook Set As</source>
        <translation>Hook-Satz speichern unter</translation>
    </message>
    <message>
        <source>Unsaved Hooks</source>
        <translation>Nicht gespeicherte Hooks</translation>
    </message>
    <message>
        <source>The hook set “%1” has unsaved changes.</source>
        <translation>Der Hook-Satz „%1“ hat nicht gespeicherte Änderungen.</translation>
    </message>
    <message>
        <source>Without saving, they are lost.</source>
        <translation>Ohne Speichern gehen sie verloren.</translation>
    </message>
    <message>
        <source>No hook set yet</source>
        <translation>Noch kein Hook-Satz</translation>
    </message>
    <message>
        <source>%1 was removed by another program. The hooks stay in force; save to write the file again.</source>
        <translation>%1 wurde von einem anderen Programm entfernt. Die Hooks bleiben in Kraft; Speichern schreibt die Datei neu.</translation>
    </message>
    <message>
        <source>%1 was changed by another program. Reloading it discards your unsaved changes.</source>
        <translation>%1 wurde von einem anderen Programm geändert. Neu laden verwirft die eigenen, nicht gespeicherten Änderungen.</translation>
    </message>
    <message>
        <source>%1 was changed by another program.</source>
        <translation>%1 wurde von einem anderen Programm geändert.</translation>
    </message>
    <message>
        <source>&amp;Reload</source>
        <translation>&amp;Neu laden</translation>
    </message>
    <message>
        <source>&amp;Keep Mine</source>
        <translation>&amp;Eigene behalten</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;New Hook Set</source>
        <translation>&amp;Neuer Hook-Satz</translation>
    </message>
    <message>
        <source>&amp;Open Hook Set…</source>
        <translation>Hook-Satz ö&amp;ffnen …</translation>
    </message>
    <message>
        <source>Open &amp;Recent</source>
        <translation>&amp;Zuletzt geöffnete</translation>
    </message>
    <message>
        <source>&amp;Save Hook Set</source>
        <translation>Hook-Satz &amp;speichern</translation>
    </message>
    <message>
        <source>Save Hook Set &amp;As…</source>
        <translation>Hook-Satz speichern &amp;unter …</translation>
    </message>
    <message>
        <source>Se&amp;ttings…</source>
        <translation>Einste&amp;llungen …</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>Wieder&amp;herstellen</translation>
    </message>
    <message>
        <source>&amp;Copy Requests</source>
        <translation>Anfragen &amp;kopieren</translation>
    </message>
    <message>
        <source>Copy as cUR&amp;L</source>
        <translation>Als cUR&amp;L kopieren</translation>
    </message>
    <message>
        <source>&amp;Filter Requests</source>
        <translation>Anfragen &amp;filtern</translation>
    </message>
    <message>
        <source>Co&amp;mpare Two Requests</source>
        <translation>Z&amp;wei Anfragen vergleichen</translation>
    </message>
    <message>
        <source>Select two requests to see how their prompts differ</source>
        <translation>Zwei Anfragen auswählen, um zu sehen, wie sich ihre Prompts unterscheiden</translation>
    </message>
    <message>
        <source>The two cannot be compared: the request body of one of them is not kept.</source>
        <translation>Die beiden können nicht verglichen werden: der Inhalt einer der Anfragen ist nicht aufbewahrt.</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>Li&amp;ve</source>
        <translation>L&amp;ive</translation>
    </message>
    <message>
        <source>&amp;Usage</source>
        <translation>&amp;Verbrauch</translation>
    </message>
    <message>
        <source>Jump to &amp;Newest</source>
        <translation>Zu den &amp;neuesten springen</translation>
    </message>
    <message>
        <source>Keep &amp;Bodies</source>
        <translation>Inhalte auf&amp;bewahren</translation>
    </message>
    <message>
        <source>In memory, of requests from now on; until Hookscope is closed</source>
        <translation>Im Speicher, von nun an gestellte Anfragen; bis Hookscope beendet wird</translation>
    </message>
    <message>
        <source>C&amp;olumns</source>
        <translation>S&amp;palten</translation>
    </message>
    <message>
        <source>Reset &amp;Columns</source>
        <translation>Spalten &amp;zurücksetzen</translation>
    </message>
    <message>
        <source>Reset &amp;Totals</source>
        <translation>Summen zurückse&amp;tzen</translation>
    </message>
    <message>
        <source>&amp;Appearance</source>
        <translation>&amp;Erscheinungsbild</translation>
    </message>
    <message>
        <source>&amp;Hooks</source>
        <translation>&amp;Hooks</translation>
    </message>
    <message>
        <source>H&amp;elp</source>
        <translation>Hi&amp;lfe</translation>
    </message>
    <message>
        <source>&amp;Connect an Agent</source>
        <translation>Einen &amp;Agenten verbinden</translation>
    </message>
    <message>
        <source>&amp;Keyboard Shortcuts</source>
        <translation>&amp;Tastenkürzel</translation>
    </message>
    <message>
        <source>&amp;About Hookscope</source>
        <translation>&amp;Über Hookscope</translation>
    </message>
    <message>
        <source>About &amp;Qt</source>
        <translation>Über &amp;Qt</translation>
    </message>
    <message>
        <source>About Hookscope</source>
        <translation>Über Hookscope</translation>
    </message>
    <message>
        <source>Hookscope %1</source>
        <translation>Hookscope %1</translation>
    </message>
    <message>
        <source>Shows the LLM traffic of this workstation as it happens, and fires hooks on it. Everything stays on this machine.

Free software under the GNU General Public License, version 3 or later. There is no warranty.</source>
        <translation>Zeigt den LLM-Verkehr dieses Rechners, während er geschieht, und löst Hooks dafür aus. Alles bleibt auf diesem Rechner.

Freie Software unter der GNU General Public License, Version 3 oder später. Es gibt keine Gewährleistung.</translation>
    </message>
    <message>
        <source>Save Sess&amp;ion As…</source>
        <translation>Sitzung spei&amp;chern unter …</translation>
    </message>
    <message>
        <source>Op&amp;en Session…</source>
        <translation>Sitzun&amp;g öffnen …</translation>
    </message>
    <message>
        <source>&amp;Follow JSONL File…</source>
        <translation>&amp;JSONL-Datei folgen …</translation>
    </message>
    <message>
        <source>Stop Follo&amp;wing</source>
        <translation>Nicht &amp;mehr folgen</translation>
    </message>
    <message>
        <source>Save Session</source>
        <translation>Sitzung speichern</translation>
    </message>
    <message>
        <source>Name of the session:</source>
        <translation>Name der Sitzung:</translation>
    </message>
    <message>
        <source>Follow JSONL File</source>
        <translation>JSONL-Datei folgen</translation>
    </message>
    <message>
        <source>Events (*.jsonl *.ndjson *.log);;All files (*)</source>
        <translation>Ereignisse (*.jsonl *.ndjson *.log);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>No file is followed</source>
        <translation>Keiner Datei wird gefolgt</translation>
    </message>
    <message>
        <source>Send A&amp;gain…</source>
        <translation>&amp;Erneut senden …</translation>
    </message>
    <message>
        <source>Send the selected request once more; asks first</source>
        <translation>Die ausgewählte Anfrage noch einmal senden; fragt vorher</translation>
    </message>
    <message>
        <source>Do Not O&amp;pen This Host Any More</source>
        <translation>&amp;Diesen Host nicht mehr öffnen</translation>
    </message>
    <message>
        <source>O&amp;pen This Host</source>
        <translation>&amp;Diesen Host öffnen</translation>
    </message>
    <message>
        <source>Tunnels to %1 pass unread again</source>
        <translation>Tunnel zu %1 gehen wieder ungelesen durch</translation>
    </message>
    <message>
        <source>Look into the HTTPS of %1 from now on</source>
        <translation>Ab jetzt in das HTTPS von %1 hineinsehen</translation>
    </message>
    <message>
        <source>What trusts the CA already needs nothing more.</source>
        <translation>Was der CA schon vertraut, braucht nichts weiter.</translation>
    </message>
    <message>
        <source>New HTTPS connections to %1 are opened from now on, and what is in them gets rows of its own.</source>
        <translation>Neue HTTPS-Verbindungen zu %1 werden ab jetzt geöffnet; was in ihnen ist, bekommt eigene Zeilen.</translation>
    </message>
    <message>
        <source>%1 is no longer named, but is opened by another entry or by the command line.</source>
        <translation>%1 wird nicht mehr genannt, aber durch einen anderen Eintrag oder die Befehlszeile geöffnet.</translation>
    </message>
    <message>
        <source>New connections to %1 pass unread from now on.</source>
        <translation>Neue Verbindungen zu %1 gehen ab jetzt ungelesen durch.</translation>
    </message>
    <message>
        <source>A CA was made for this installation.</source>
        <translation>Für diese Installation wurde eine CA erstellt.</translation>
    </message>
    <message>
        <source>The CA was made anew, because %1 is outside of the hosts that the earlier one was limited to.</source>
        <translation>Die CA wurde neu erstellt, weil %1 nicht zu den Hosts gehört, auf die die frühere beschränkt war.</translation>
    </message>
    <message>
        <source>The CA was made anew.</source>
        <translation>Die CA wurde neu erstellt.</translation>
    </message>
    <message>
        <source>%1 (process %2)</source>
        <translation>%1 (Prozess %2)</translation>
    </message>
    <message>
        <source>Programs trust it that are started from now on with hookscope --run or from the connect page; those that run have to be started again.</source>
        <translation>Ihr vertrauen Programme, die ab jetzt mit hookscope --run oder von der Verbindungsseite aus gestartet werden; die schon laufen, müssen neu gestartet werden.</translation>
    </message>
    <message>
        <source>%1 more</source>
        <translation>%1 weitere</translation>
    </message>
    <message>
        <source>To trust it, these have to be started again, with hookscope --run or from the connect page: %1.</source>
        <translation>Um ihr zu vertrauen, müssen diese neu gestartet werden, mit hookscope --run oder von der Verbindungsseite aus: %1.</translation>
    </message>
    <message>
        <source>Put a new CA in the place of this one?</source>
        <translation>Diese CA durch eine neue ersetzen?</translation>
    </message>
    <message>
        <source>The hosts stay the same. Connections that are open go on; new ones of programs that know only the present CA fail until these are started again, and where you imported it by hand, the new one has to be imported.</source>
        <translation>Die Hosts bleiben dieselben. Offene Verbindungen bestehen weiter; neue von Programmen, die nur die jetzige CA kennen, scheitern, bis diese neu gestartet sind. Wo sie von Hand importiert wurde, muss die neue importiert werden.</translation>
    </message>
    <message>
        <source>Renew</source>
        <translation>Erneuern</translation>
    </message>
    <message>
        <source>Remove the CA and what trusts it?</source>
        <translation>Die CA und alles, was ihr vertraut, entfernen?</translation>
    </message>
    <message>
        <source>Its key, its certificate and the bundle for clients are deleted, and no HTTPS is opened any more: the list of hosts becomes empty. Connections that are open stay so until they end.</source>
        <translation>Ihr Schlüssel, ihr Zertifikat und das Bündel für Clients werden gelöscht, und kein HTTPS wird mehr geöffnet: Die Liste der Hosts wird leer. Offene Verbindungen bleiben es, bis sie enden.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>The CA is removed, and no HTTPS is opened any more.</source>
        <translation>Die CA ist entfernt, und kein HTTPS wird mehr geöffnet.</translation>
    </message>
    <message>
        <source>Programs and terminals that were started with its variables have to be started again, since these name files that are gone; in a shell, eval &quot;$(hookscope --print-env --undo)&quot; takes them back.</source>
        <translation>Programme und Terminals, die mit ihren Variablen gestartet wurden, müssen neu gestartet werden, da diese Dateien nennen, die es nicht mehr gibt; in einer Shell nimmt eval &quot;$(hookscope --print-env --undo)&quot; sie zurück.</translation>
    </message>
    <message>
        <source>It is also among the system&apos;s certificates: delete it from /usr/local/share/ca-certificates, and run update-ca-certificates.</source>
        <translation>Sie ist auch unter den Zertifikaten des Systems: in /usr/local/share/ca-certificates löschen und update-ca-certificates ausführen.</translation>
    </message>
    <message>
        <source>Where you imported it by hand, in a browser say, take out “%1”.</source>
        <translation>Wo sie von Hand importiert wurde, etwa in einem Browser, „%1“ herausnehmen.</translation>
    </message>
    <message>
        <source>These run: %1.</source>
        <translation>Diese laufen: %1.</translation>
    </message>
    <message>
        <source>Deliveries</source>
        <translation>Zustellungen</translation>
    </message>
    <message>
        <source>✗ The hook “%1” fails</source>
        <translation>✗ Der Hook „%1“ schlägt fehl</translation>
    </message>
    <message>
        <source>✗ %1 hooks fail</source>
        <translation>✗ %1 Hooks schlagen fehl</translation>
    </message>
    <message>
        <source>The hook “%1” fails</source>
        <translation>Der Hook „%1“ schlägt fehl</translation>
    </message>
    <message>
        <source>Since %1: %2</source>
        <translation>Seit %1: %2</translation>
    </message>
    <message>
        <source>Show Deliveries</source>
        <translation>Zustellungen zeigen</translation>
    </message>
    <message>
        <source>%1 has hooks that would do what no hook did on this machine before, so these are switched off: %2. They would %3.</source>
        <translation>%1 hat Hooks, die tun würden, was auf diesem Rechner noch kein Hook getan hat; sie sind deshalb ausgeschaltet: %2. Sie würden: %3.</translation>
    </message>
    <message>
        <source>&amp;Switch Them On</source>
        <translation>&amp;Einschalten</translation>
    </message>
    <message>
        <source>Switch on new hooks</source>
        <translation>Neue Hooks einschalten</translation>
    </message>
    <message>
        <source>&amp;Compare Hook Set With…</source>
        <translation>Hook-Satz &amp;vergleichen mit …</translation>
    </message>
    <message>
        <source>Shows how the hooks of another file differ from these; nothing of it is opened</source>
        <translation>Zeigt, wie sich die Hooks einer anderen Datei von diesen unterscheiden; nichts davon wird geöffnet</translation>
    </message>
    <message>
        <source>Export Hook Set for a&amp;gentkernel…</source>
        <translation>Hook-Satz für &amp;agentkernel exportieren …</translation>
    </message>
    <message>
        <source>As a bare list of the hooks that mean there what they mean here</source>
        <translation>Als bloße Liste der Hooks, die dort dasselbe bedeuten wie hier</translation>
    </message>
    <message>
        <source>Compare Hook Set With</source>
        <translation>Hook-Satz vergleichen mit</translation>
    </message>
    <message>
        <source>• %1: %2</source>
        <translation>• %1: %2</translation>
    </message>
    <message>
        <source>… and %1 more</source>
        <translation>… und %1 weitere</translation>
    </message>
    <message>
        <source>Export Hook Set for agentkernel</source>
        <translation>Hook-Satz für agentkernel exportieren</translation>
    </message>
    <message>
        <source>There are no hooks to export.</source>
        <translation>Es gibt keine Hooks zu exportieren.</translation>
    </message>
    <message>
        <source>None of these hooks can be exported: agentkernel would do something else for them.</source>
        <translation>Keiner dieser Hooks kann exportiert werden: agentkernel würde für sie etwas anderes tun.</translation>
    </message>
    <message>
        <source>%1 of %2 hooks can be exported. For the others agentkernel would do something else:</source>
        <translation>%1 von %2 Hooks können exportiert werden. Für die anderen würde agentkernel etwas anderes tun:</translation>
    </message>
    <message>
        <source>&amp;Export Those %1</source>
        <translation>Diese %1 &amp;exportieren</translation>
    </message>
    <message>
        <source>Exported %1 hooks to %2.</source>
        <translation>%1 Hooks nach %2 exportiert.</translation>
    </message>
</context>
<context>
    <name>hookscope::MessageArea</name>
    <message>
        <source>Close this message</source>
        <translation>Diese Meldung schließen</translation>
    </message>
</context>
<context>
    <name>hookscope::MessagesPage</name>
    <message>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>Assistant</source>
        <translation>Assistent</translation>
    </message>
    <message>
        <source>Tool</source>
        <translation>Werkzeug</translation>
    </message>
    <message>
        <source>thinking</source>
        <translation>denkt</translation>
    </message>
    <message>
        <source>calls %1</source>
        <translation>ruft %1 auf</translation>
    </message>
    <message>
        <source>result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>result of %1</source>
        <translation>Ergebnis von %1</translation>
    </message>
    <message>
        <source>image</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>audio</source>
        <translation>Ton</translation>
    </message>
    <message>
        <source>Messages of the call</source>
        <translation>Nachrichten des Aufrufs</translation>
    </message>
    <message>
        <source>This call has no messages.</source>
        <translation>Dieser Aufruf hat keine Nachrichten.</translation>
    </message>
    <message>
        <source>As in the call before: %1</source>
        <translation>Wie im Aufruf davor: %1</translation>
    </message>
    <message>
        <source>Before: %1</source>
        <translation>Davor: %1</translation>
    </message>
    <message>
        <source>new</source>
        <translation>neu</translation>
    </message>
    <message>
        <source>The rest is in the raw body. </source>
        <translation>Der Rest steht im rohen Inhalt. </translation>
    </message>
    <message>
        <source>Show less</source>
        <translation>Weniger zeigen</translation>
    </message>
    <message>
        <source>Show all %1 characters</source>
        <translation>Alle %1 Zeichen zeigen</translation>
    </message>
</context>
<context>
    <name>hookscope::NetworkPage</name>
    <message>
        <source>Send nothing to &amp;other hosts than the allowed ones</source>
        <translation>Nichts an andere als die erlaubten Hosts sen&amp;den</translation>
    </message>
    <message>
        <source>Hosts (takes effect at once, for new requests)</source>
        <translation>Hosts (gilt sofort, für neue Anfragen)</translation>
    </message>
    <message>
        <source>One a line: HOST, or *.DOMAIN for a domain and all below it. A request to a blocked host is answered with 403 and never leaves this machine; blocked wins.</source>
        <translation>Je Zeile: HOST, oder *.DOMAIN für eine Domain und alles darunter. Eine Anfrage an einen gesperrten Host wird mit 403 beantwortet und verlässt diesen Rechner nicht; gesperrt geht vor.</translation>
    </message>
    <message>
        <source>&amp;Blocked:</source>
        <translation>&amp;Gesperrt:</translation>
    </message>
    <message>
        <source>&amp;Allowed:</source>
        <translation>&amp;Erlaubt:</translation>
    </message>
    <message>
        <source>Hosts s&amp;een:</source>
        <translation>Gesehene &amp;Hosts:</translation>
    </message>
    <message>
        <source>Bloc&amp;k</source>
        <translation>&amp;Sperren</translation>
    </message>
    <message>
        <source>Allo&amp;w</source>
        <translation>Erlau&amp;ben</translation>
    </message>
    <message>
        <source>Upstream proxy (takes effect at once, for new connections)</source>
        <translation>Upstream-Proxy (gilt sofort, für neue Verbindungen)</translation>
    </message>
    <message>
        <source>Upstreams are reached through it; this machine never is. Its password comes from the desktop&apos;s keyring: hookscope --store-secret HOOKSCOPE_UPSTREAM_PROXY_PASSWORD.</source>
        <translation>Upstreams werden über ihn erreicht, dieser Rechner nie. Sein Passwort kommt aus dem Schlüsselbund der Arbeitsumgebung: hookscope --store-secret HOOKSCOPE_UPSTREAM_PROXY_PASSWORD.</translation>
    </message>
    <message>
        <source>&amp;URL:</source>
        <translation>U&amp;RL:</translation>
    </message>
    <message>
        <source>&amp;Not for:</source>
        <translation>&amp;Nicht für:</translation>
    </message>
    <message>
        <source>The environment that Hookscope was started in names %1.</source>
        <translation>Die Umgebung, in der Hookscope gestartet wurde, nennt %1.</translation>
    </message>
    <message>
        <source>U&amp;se It</source>
        <translation>&amp;Übernehmen</translation>
    </message>
    <message>
        <source>HTTPS to look into (takes effect at once, for new connections)</source>
        <translation>HTTPS, in das hineingesehen wird (wirkt sofort, für neue Verbindungen)</translation>
    </message>
    <message>
        <source>Nothing, unless you name hosts here, one a line: HOST, *.DOMAIN, or llm for all known LLM hosts. Hookscope makes a CA for these alone; what is started with hookscope --run, or from the connect page, trusts it.</source>
        <translation>Nichts, solange hier keine Hosts stehen, einer je Zeile: HOST, *.DOMAIN oder llm für alle bekannten LLM-Hosts. Hookscope erzeugt eine CA nur für diese; was mit hookscope --run oder von der Verbindungsseite aus gestartet wird, vertraut ihr.</translation>
    </message>
    <message>
        <source>Ho&amp;sts:</source>
        <translation>Ho&amp;sts:</translation>
    </message>
</context>
<context>
    <name>hookscope::NotifyDelivery</name>
    <message>
        <source>There is no desktop here to show it: Hookscope runs without its window</source>
        <translation>Hier ist kein Desktop, der es zeigen könnte: Hookscope läuft ohne Fenster</translation>
    </message>
    <message>
        <source>Handed to the desktop</source>
        <translation>Dem Desktop übergeben</translation>
    </message>
    <message>
        <source>%1 … and %2 more</source>
        <translation>%1 … und %2 weitere</translation>
    </message>
</context>
<context>
    <name>hookscope::Outbox</name>
    <message>
        <source>it has not been opened</source>
        <translation>er wurde nicht geöffnet</translation>
    </message>
    <message>
        <source>At-least-once hooks deliver from memory, and what waits is lost if Hookscope stops: the outbox %1 cannot be written (%2).</source>
        <translation>Hooks, die mindestens einmal zustellen, tun es aus dem Speicher, und was wartet, geht verloren, wenn Hookscope endet: der Postausgang %1 kann nicht geschrieben werden (%2).</translation>
    </message>
    <message>
        <source>At-least-once hooks deliver from memory, and what waits is lost if Hookscope stops: the outbox is full (%1 events).</source>
        <translation>Hooks, die mindestens einmal zustellen, tun es aus dem Speicher, und was wartet, geht verloren, wenn Hookscope endet: der Postausgang ist voll (%1 Ereignisse).</translation>
    </message>
    <message>
        <source>There was no hook of this name for three days</source>
        <translation>Drei Tage lang gab es keinen Hook dieses Namens</translation>
    </message>
    <message>
        <source>the folder %1 cannot be made: %2</source>
        <translation>der Ordner %1 kann nicht angelegt werden: %2</translation>
    </message>
    <message>
        <source>%1 cannot be opened: %2</source>
        <translation>%1 kann nicht geöffnet werden: %2</translation>
    </message>
    <message>
        <source>%1 is no regular file of this user</source>
        <translation>%1 ist keine gewöhnliche Datei dieses Benutzers</translation>
    </message>
    <message>
        <source>%1 is damaged and cannot be moved aside</source>
        <translation>%1 ist beschädigt und kann nicht beiseitegelegt werden</translation>
    </message>
    <message>
        <source>The outbox was damaged and is now %1; what waited in it is not sent.</source>
        <translation>Der Postausgang war beschädigt und ist jetzt %1; was darin wartete, wird nicht gesendet.</translation>
    </message>
    <message>
        <source>Qt&apos;s SQLite driver is not installed (libqt6sql6-sqlite)</source>
        <translation>der SQLite-Treiber von Qt ist nicht installiert (libqt6sql6-sqlite)</translation>
    </message>
    <message>
        <source>it was written by a newer Hookscope; use that one, or move it away</source>
        <translation>er wurde von einem neueren Hookscope geschrieben; dieses verwenden, oder ihn wegbewegen</translation>
    </message>
    <message>
        <source>another program holds it, probably a second Hookscope with the same data folder</source>
        <translation>ein anderes Programm hält ihn, wohl ein zweites Hookscope mit demselben Datenordner</translation>
    </message>
    <message>
        <source>The hook was removed</source>
        <translation>Der Hook wurde entfernt</translation>
    </message>
</context>
<context>
    <name>hookscope::PayloadTemplate</name>
    <message>
        <source>&quot;template&quot;, at character %1: %2</source>
        <translation>„template“, bei Zeichen %1: %2</translation>
    </message>
    <message>
        <source>no event has &quot;%1&quot;; there are %2</source>
        <translation>kein Ereignis hat „%1“; es gibt %2</translation>
    </message>
    <message>
        <source>{{/%1}} closes nothing that is open</source>
        <translation>{{/%1}} schließt nichts Offenes</translation>
    </message>
    <message>
        <source>a place is written {{KEY}}, {{{KEY}}}, {{#KEY}}, {{^KEY}} or {{/KEY}}</source>
        <translation>eine Stelle schreibt man {{KEY}}, {{{KEY}}}, {{#KEY}}, {{^KEY}} oder {{/KEY}}</translation>
    </message>
    <message>
        <source>&quot;template&quot; makes no JSON %1: %2 at byte %3 of what it makes</source>
        <translation>„template“ ergibt kein JSON, %1: %2 bei Byte %3 des Ergebnisses</translation>
    </message>
    <message>
        <source>it cannot be longer than %1 characters</source>
        <translation>es darf nicht länger als %1 Zeichen sein</translation>
    </message>
    <message>
        <source>{{#%1}} is not closed: put {{/%1}} behind what it is for</source>
        <translation>{{#%1}} ist nicht geschlossen: {{/%1}} dahinter setzen</translation>
    </message>
    <message>
        <source>if an event has all keys</source>
        <translation>wenn ein Ereignis alle Schlüssel hat</translation>
    </message>
    <message>
        <source>if an event lacks its keys</source>
        <translation>wenn einem Ereignis die Schlüssel fehlen</translation>
    </message>
    <message>
        <source>there is no value for the secret %1</source>
        <translation>für das Geheimnis %1 gibt es keinen Wert</translation>
    </message>
    <message>
        <source>the event is no JSON object</source>
        <translation>das Ereignis ist kein JSON-Objekt</translation>
    </message>
    <message>
        <source>&quot;template&quot; makes no JSON of this event</source>
        <translation>„template“ macht aus diesem Ereignis kein JSON</translation>
    </message>
</context>
<context>
    <name>hookscope::PhaseBar</name>
    <message>
        <source>Phases of the exchange</source>
        <translation>Phasen des Austauschs</translation>
    </message>
    <message>
        <source>Waiting for the answer</source>
        <translation>Wartet auf die Antwort</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>Keine Antwort</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Warten</translation>
    </message>
    <message>
        <source>To first token</source>
        <translation>Bis zum ersten Token</translation>
    </message>
    <message>
        <source>Receiving</source>
        <translation>Empfangen</translation>
    </message>
</context>
<context>
    <name>hookscope::PlainSet</name>
    <message>
        <source>it is off, and agentkernel would fire it</source>
        <translation>er ist aus, und agentkernel würde ihn auslösen</translation>
    </message>
    <message>
        <source>agentkernel has no budgets</source>
        <translation>agentkernel hat keine Budgets</translation>
    </message>
    <message>
        <source>agentkernel has no target &quot;%1&quot;</source>
        <translation>agentkernel hat kein Ziel &quot;%1&quot;</translation>
    </message>
    <message>
        <source>agentkernel has no %1</source>
        <translation>agentkernel hat kein %1</translation>
    </message>
</context>
<context>
    <name>hookscope::PriceEditor</name>
    <message>
        <source>&amp;Remove</source>
        <translation>&amp;Entfernen</translation>
    </message>
    <message>
        <source>Move &amp;Up</source>
        <translation>Nach &amp;oben</translation>
    </message>
    <message>
        <source>Move &amp;Down</source>
        <translation>Nach un&amp;ten</translation>
    </message>
    <message>
        <source>Your own prices</source>
        <translation>Eigene Preise</translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation>&amp;Hinzufügen</translation>
    </message>
</context>
<context>
    <name>hookscope::PriceTableModel</name>
    <message>
        <source>Price %1 needs a model: its name without spaces, such as gpt-5*, or * for all.</source>
        <translation>Preis %1 braucht ein Modell: seinen Namen ohne Leerzeichen, wie gpt-5*, oder * für alle.</translation>
    </message>
    <message>
        <source>Price %1: a provider is one word, such as openai, or nothing for all.</source>
        <translation>Preis %1: ein Anbieter ist ein Wort wie openai, oder nichts für alle.</translation>
    </message>
    <message>
        <source>Price %1 needs input and output, in US dollars per million tokens; 0 if it is free.</source>
        <translation>Preis %1 braucht Eingabe und Ausgabe in US-Dollar je Million Token; 0, wenn es nichts kostet.</translation>
    </message>
    <message>
        <source>Price %1, %2: “%3” is not a number of US dollars from 0 to 1000000 with at most six decimals.</source>
        <translation>Preis %1, %2: „%3“ ist kein Betrag in US-Dollar von 0 bis 1000000 mit höchstens sechs Nachkommastellen.</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>Anbieter</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>Ausgabe</translation>
    </message>
    <message>
        <source>Cache read</source>
        <translation>Cache gelesen</translation>
    </message>
    <message>
        <source>Cache write</source>
        <translation>Cache geschrieben</translation>
    </message>
    <message>
        <source>… for 1 h</source>
        <translation>… für 1 h</translation>
    </message>
    <message>
        <source>Web search</source>
        <translation>Websuche</translation>
    </message>
    <message>
        <source>The model&apos;s name; * stands for anything</source>
        <translation>Der Name des Modells; * steht für alles</translation>
    </message>
    <message>
        <source>As in the table of requests; empty: every provider</source>
        <translation>Wie in der Tabelle der Anfragen; leer: jeder Anbieter</translation>
    </message>
    <message>
        <source>US dollars per million tokens; empty: as the input</source>
        <translation>US-Dollar je Million Token; leer: wie die Eingabe</translation>
    </message>
    <message>
        <source>What is written to the cache for an hour; empty: as other writes</source>
        <translation>Was für eine Stunde in den Cache geschrieben wird; leer: wie anderes Geschriebene</translation>
    </message>
    <message>
        <source>US dollars per search; empty: nothing</source>
        <translation>US-Dollar je Suche; leer: nichts</translation>
    </message>
    <message>
        <source>US dollars per million tokens</source>
        <translation>US-Dollar je Million Token</translation>
    </message>
</context>
<context>
    <name>hookscope::ProgramDelivery</name>
    <message>
        <source>Its program is too slow: %1 events wait</source>
        <translation>Sein Programm ist zu langsam: %1 Ereignisse warten</translation>
    </message>
    <message>
        <source>%1; the event is dropped</source>
        <translation>%1; das Ereignis entfällt</translation>
    </message>
    <message>
        <source>%1 (after %2 ms)</source>
        <translation>%1 (nach %2 ms)</translation>
    </message>
</context>
<context>
    <name>hookscope::ProgramRun</name>
    <message>
        <source>%1 is not there</source>
        <translation>%1 ist nicht da</translation>
    </message>
    <message>
        <source>%1 is no program: its file cannot be executed</source>
        <translation>%1 ist kein Programm: die Datei ist nicht ausführbar</translation>
    </message>
    <message>
        <source>%1 could not be started: %2</source>
        <translation>%1 konnte nicht gestartet werden: %2</translation>
    </message>
    <message>
        <source>It was ended after %1 s</source>
        <translation>Es wurde nach %1 s beendet</translation>
    </message>
    <message>
        <source>It was ended by signal %1</source>
        <translation>Es wurde durch Signal %1 beendet</translation>
    </message>
    <message>
        <source>It ended with exit code %1</source>
        <translation>Es endete mit Exit-Code %1</translation>
    </message>
</context>
<context>
    <name>hookscope::ProgramTargetEditor</name>
    <message>
        <source>Longest time</source>
        <translation>Längste Laufzeit</translation>
    </message>
    <message>
        <source>Most memory</source>
        <translation>Größter Speicher</translation>
    </message>
    <message>
        <source>/absolute/path &quot;an argument&quot;</source>
        <translation>/absoluter/pfad &quot;ein Argument&quot;</translation>
    </message>
    <message>
        <source>Program and arguments</source>
        <translation>Programm und Argumente</translation>
    </message>
    <message>
        <source>Gets each event as a line of JSON on its standard input. No shell is between: words are parted by spaces, and quotes keep them together</source>
        <translation>Bekommt jedes Ereignis als JSON-Zeile auf die Standardeingabe. Keine Shell ist dazwischen: Leerzeichen trennen Wörter, Anführungszeichen halten sie zusammen</translation>
    </message>
    <message>
        <source>It is ended, with all that it started, if it takes longer for one event</source>
        <translation>Es wird mit allem, was es gestartet hat, beendet, wenn es für ein Ereignis länger braucht</translation>
    </message>
    <message>
        <source>Of address space, for each run</source>
        <translation>An Adressraum, für jeden Lauf</translation>
    </message>
    <message>
        <source>Runs at once</source>
        <translation>Läufe gleichzeitig</translation>
    </message>
    <message>
        <source>With 1, events are handled in their order</source>
        <translation>Bei 1 werden Ereignisse in ihrer Reihenfolge behandelt</translation>
    </message>
    <message>
        <source>Longest time:</source>
        <translation>Längste Laufzeit:</translation>
    </message>
    <message>
        <source>Most memory:</source>
        <translation>Größter Speicher:</translation>
    </message>
    <message>
        <source>Runs at once:</source>
        <translation>Läufe gleichzeitig:</translation>
    </message>
</context>
<context>
    <name>hookscope::ProxyServer</name>
    <message>
        <source>Port %1 is in use by another program.</source>
        <translation>Port %1 wird von einem anderen Programm benutzt.</translation>
    </message>
    <message>
        <source>Port %1 is in use by %2 (process %3).</source>
        <translation>Port %1 wird von %2 (Prozess %3) benutzt.</translation>
    </message>
</context>
<context>
    <name>hookscope::QuantityEdit</name>
    <message>
        <source>bytes</source>
        <translation>Bytes</translation>
    </message>
    <message>
        <source>KiB</source>
        <translation>KiB</translation>
    </message>
    <message>
        <source>MiB</source>
        <translation>MiB</translation>
    </message>
    <message>
        <source>GiB</source>
        <translation>GiB</translation>
    </message>
    <message>
        <source>s</source>
        <translation>s</translation>
    </message>
    <message>
        <source>min</source>
        <translation>min</translation>
    </message>
    <message>
        <source>hours</source>
        <translation>Stunden</translation>
    </message>
    <message>
        <source>days</source>
        <translation>Tage</translation>
    </message>
    <message>
        <source>ms</source>
        <translation>ms</translation>
    </message>
    <message>
        <source>%1, unit</source>
        <translation>%1, Einheit</translation>
    </message>
</context>
<context>
    <name>hookscope::ReceiverAddress</name>
    <message>
        <source>Nothing was sent: %1 leads to the private address %2. If it is meant to, set &quot;allow_private&quot; of the hook to true, or write the address itself</source>
        <translation>Nichts wurde gesendet: %1 führt zur privaten Adresse %2. Wenn das so sein soll, „allow_private“ des Hooks auf true setzen oder die Adresse selbst schreiben</translation>
    </message>
    <message>
        <source>Nothing was sent: %1 is an address that no receiver has (link-local, a cloud&apos;s metadata service or the like)</source>
        <translation>Nichts wurde gesendet: %1 ist eine Adresse, die kein Empfänger hat (link-local, der Metadatendienst einer Cloud oder Ähnliches)</translation>
    </message>
</context>
<context>
    <name>hookscope::Replay</name>
    <message>
        <source>The request cannot be sent again: its body was not kept. View, Keep Bodies keeps those of requests to come.</source>
        <translation>Die Anfrage kann nicht erneut gesendet werden: ihr Inhalt wurde nicht aufbewahrt. Mit Ansicht, Inhalte aufbewahren geschieht es bei künftigen Anfragen.</translation>
    </message>
    <message>
        <source>The request cannot be sent again: only a part of its body was kept. The settings say how much is.</source>
        <translation>Die Anfrage kann nicht erneut gesendet werden: nur ein Teil ihres Inhalts wurde aufbewahrt. Wie viel, steht in den Einstellungen.</translation>
    </message>
    <message>
        <source>The request cannot be sent again: a credential in its body was masked, or what is no text was left out.</source>
        <translation>Die Anfrage kann nicht erneut gesendet werden: in ihrem Inhalt wurden Zugangsdaten maskiert, oder was kein Text ist, wurde weggelassen.</translation>
    </message>
    <message>
        <source>A tunnel cannot be opened again: what went through it is not known.</source>
        <translation>Ein Tunnel kann nicht erneut geöffnet werden: was hindurchging, ist nicht bekannt.</translation>
    </message>
    <message>
        <source>A websocket cannot be opened again: it is a conversation, not one request.</source>
        <translation>Ein WebSocket kann nicht erneut geöffnet werden: er ist ein Gespräch, nicht eine Anfrage.</translation>
    </message>
    <message>
        <source>key in the URL</source>
        <translation>Schlüssel in der URL</translation>
    </message>
    <message>
        <source>A credential can hold letters, digits and signs of ASCII only: check what was typed.</source>
        <translation>Zugangsdaten können nur Buchstaben, Ziffern und Zeichen aus ASCII enthalten: die Eingabe prüfen.</translation>
    </message>
    <message>
        <source>The request cannot be sent again: no route leads to its host. Start Hookscope with --route NAME=URL for it.</source>
        <translation>Die Anfrage kann nicht erneut gesendet werden: zu ihrem Host führt keine Route. Hookscope dafür mit --route NAME=URL starten.</translation>
    </message>
</context>
<context>
    <name>hookscope::ReplayDialog</name>
    <message>
        <source>Send Again</source>
        <translation>Erneut senden</translation>
    </message>
    <message>
        <source>The request is sent once more, with %1 of body, by the route that leads to its host. It may cost money and do again what it did. Its row has the sandbox “%2”.</source>
        <translation>Die Anfrage wird mit %1 Inhalt noch einmal gesendet, über die Route zu ihrem Host. Das kann Geld kosten und wiederholen, was sie bewirkt hat. Ihre Zeile hat die Sandbox „%2“.</translation>
    </message>
    <message>
        <source>Not kept: type or paste it</source>
        <translation>Nicht aufbewahrt: eintippen oder einfügen</translation>
    </message>
    <message>
        <source>Send &amp;Again</source>
        <translation>&amp;Erneut senden</translation>
    </message>
</context>
<context>
    <name>hookscope::Replayer</name>
    <message>
        <source>The request could not be sent again: %1</source>
        <translation>Die Anfrage konnte nicht erneut gesendet werden: %1</translation>
    </message>
</context>
<context>
    <name>hookscope::SecretsPage</name>
    <message>
        <source>Put into the &amp;Keyring</source>
        <translation>In den &amp;Schlüsselbund legen</translation>
    </message>
    <message>
        <source>Secrets (takes effect at once, for new requests)</source>
        <translation>Geheimnisse (gilt sofort, für neue Anfragen)</translation>
    </message>
    <message>
        <source>Hookscope puts a secret into requests to its host, over TLS, so that clients need not have it. One a line: NAME:HOST, or NAME:HOST:HEADER (Authorization unless named). Only requests of the sandboxes that you list get it, one NAME:LABEL a line.</source>
        <translation>Hookscope setzt ein Geheimnis in Anfragen an seinen Host ein, über TLS, so dass Clients es nicht haben müssen. Je Zeile: NAME:HOST, oder NAME:HOST:HEADER (sonst Authorization). Nur Anfragen der genannten Sandboxen bekommen es, je Zeile NAME:KENNUNG.</translation>
    </message>
    <message>
        <source>&amp;Secrets:</source>
        <translation>&amp;Geheimnisse:</translation>
    </message>
    <message>
        <source>&amp;For sandboxes:</source>
        <translation>&amp;Für Sandboxen:</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Values are kept in the desktop&apos;s keyring and nowhere else. Without a keyring, start Hookscope with an environment variable of that name.</source>
        <translation>Werte liegen im Schlüsselbund der Arbeitsumgebung und sonst nirgends. Ohne Schlüsselbund Hookscope mit einer Umgebungsvariablen dieses Namens starten.</translation>
    </message>
    <message>
        <source>Na&amp;me:</source>
        <translation>&amp;Name:</translation>
    </message>
    <message>
        <source>&amp;Value:</source>
        <translation>&amp;Wert:</translation>
    </message>
    <message>
        <source>This cannot be injected: %1.</source>
        <translation>Das kann nicht eingesetzt werden: %1.</translation>
    </message>
    <message>
        <source>It is in the keyring.</source>
        <translation>Es liegt im Schlüsselbund.</translation>
    </message>
</context>
<context>
    <name>hookscope::SendingEditor</name>
    <message>
        <source>Its name may lead to a &amp;private address</source>
        <translation>Der Name darf zu einer &amp;privaten Adresse führen</translation>
    </message>
    <message>
        <source>One header a line. {secret:NAME} is put in from the keyring when it is sent; a credential itself is not taken</source>
        <translation>Ein Header pro Zeile. {secret:NAME} wird beim Senden aus dem Schlüsselbund eingesetzt; Zugangsdaten selbst werden nicht angenommen</translation>
    </message>
    <message>
        <source>Headers</source>
        <translation>Header</translation>
    </message>
    <message>
        <source>Name of a key in the keyring; during a rotation two: NEW, OLD</source>
        <translation>Name eines Schlüssels im Schlüsselbund; beim Wechsel zwei: NEU, ALT</translation>
    </message>
    <message>
        <source>Signs as Standard Webhooks do. The key is whsec_ and base64: put it into the keyring by hookscope --store-secret NAME</source>
        <translation>Signiert wie Standard Webhooks. Der Schlüssel ist whsec_ und Base64: mit hookscope --store-secret NAME in den Schlüsselbund legen</translation>
    </message>
    <message>
        <source>Signing keys</source>
        <translation>Signaturschlüssel</translation>
    </message>
    <message>
        <source>Ready-made bodies</source>
        <translation>Fertige Inhalte</translation>
    </message>
    <message>
        <source>Ready-made…</source>
        <translation>Fertige…</translation>
    </message>
    <message>
        <source>Empty: the event itself. Else JSON with places: {&quot;text&quot;: &quot;{{summary}}&quot;}</source>
        <translation>Leer: das Ereignis selbst. Sonst JSON mit Stellen: {&quot;text&quot;: &quot;{{summary}}&quot;}</translation>
    </message>
    <message>
        <source>{{KEY}} is a value&apos;s text, {{{KEY}}} its JSON, {{#KEY}}…{{/KEY}} is there only if the value is. Keys: %1</source>
        <translation>{{KEY}} ist der Text eines Werts, {{{KEY}}} sein JSON, {{#KEY}}…{{/KEY}} ist nur da, wenn es den Wert gibt. Schlüssel: %1</translation>
    </message>
    <message>
        <source>Body</source>
        <translation>Inhalt</translation>
    </message>
    <message>
        <source>Otherwise only an address that you typed yourself, or localhost, may be private</source>
        <translation>Sonst darf nur eine selbst getippte Adresse oder localhost privat sein</translation>
    </message>
    <message>
        <source>Si&amp;gn with:</source>
        <translation>Si&amp;gnieren mit:</translation>
    </message>
    <message>
        <source>Bod&amp;y:</source>
        <translation>&amp;Inhalt:</translation>
    </message>
    <message>
        <source>&amp;Headers:</source>
        <translation>Hea&amp;der:</translation>
    </message>
    <message>
        <source>A header is written as a line “Name: value”</source>
        <translation>Ein Header wird als Zeile „Name: Wert“ geschrieben</translation>
    </message>
</context>
<context>
    <name>hookscope::SessionFolder</name>
    <message>
        <source>The folder %1 cannot be made: %2.</source>
        <translation>Der Ordner %1 kann nicht angelegt werden: %2.</translation>
    </message>
    <message>
        <source>The folder %1 cannot be opened: %2.</source>
        <translation>Der Ordner %1 kann nicht geöffnet werden: %2.</translation>
    </message>
    <message>
        <source>The folder %1 belongs to another user.</source>
        <translation>Der Ordner %1 gehört einem anderen Benutzer.</translation>
    </message>
    <message>
        <source>Another Hookscope keeps its session in %1.</source>
        <translation>Ein anderes Hookscope führt seine Sitzung in %1.</translation>
    </message>
    <message>
        <source>%1 cannot be opened: %2.</source>
        <translation>%1 kann nicht geöffnet werden: %2.</translation>
    </message>
    <message>
        <source>%1 is not a regular file of this user&apos;s with one name.</source>
        <translation>%1 ist keine gewöhnliche Datei dieses Benutzers mit nur einem Namen.</translation>
    </message>
    <message>
        <source>The folder %1 is not open.</source>
        <translation>Der Ordner %1 ist nicht geöffnet.</translation>
    </message>
    <message>
        <source>%1 could not be appended to: %2.</source>
        <translation>An %1 konnte nicht angehängt werden: %2.</translation>
    </message>
</context>
<context>
    <name>hookscope::SessionShelf</name>
    <message>
        <source>A session needs a name.</source>
        <translation>Eine Sitzung braucht einen Namen.</translation>
    </message>
    <message>
        <source>The name is too long: at most %1 characters.</source>
        <translation>Der Name ist zu lang: höchstens %1 Zeichen.</translation>
    </message>
    <message>
        <source>A name is made of letters, digits, spaces, points and lines, and begins and ends with neither a space nor a point.</source>
        <translation>Ein Name besteht aus Buchstaben, Ziffern, Leerzeichen, Punkten und Strichen und beginnt und endet weder mit einem Leerzeichen noch mit einem Punkt.</translation>
    </message>
    <message>
        <source>The running session has that name; choose another.</source>
        <translation>Die laufende Sitzung heißt so; einen anderen Namen wählen.</translation>
    </message>
    <message>
        <source>There is nothing to save yet: nothing of this session is on disk.</source>
        <translation>Es gibt noch nichts zu speichern: von dieser Sitzung ist nichts auf der Festplatte.</translation>
    </message>
    <message>
        <source>There is a session %1 already; choose another name, or delete that one first.</source>
        <translation>Es gibt schon eine Sitzung %1; einen anderen Namen wählen oder jene zuerst löschen.</translation>
    </message>
    <message>
        <source>The session could not be saved: %1</source>
        <translation>Die Sitzung konnte nicht gespeichert werden: %1</translation>
    </message>
    <message>
        <source>The session could not be saved as %1: %2.</source>
        <translation>Die Sitzung konnte nicht als %1 gespeichert werden: %2.</translation>
    </message>
    <message>
        <source>There is no session %1.</source>
        <translation>Es gibt keine Sitzung %1.</translation>
    </message>
    <message>
        <source>The session %1 could not be deleted whole: look at %2.</source>
        <translation>Die Sitzung %1 konnte nicht ganz gelöscht werden: %2 ansehen.</translation>
    </message>
</context>
<context>
    <name>hookscope::SessionWindow</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>%1 (read-only) — Hookscope</source>
        <translation>%1 (schreibgeschützt) — Hookscope</translation>
    </message>
    <message>
        <source>Reading the session</source>
        <translation>Sitzung wird gelesen</translation>
    </message>
    <message>
        <source>Reading …</source>
        <translation>Wird gelesen …</translation>
    </message>
    <message>
        <source> Reading was cancelled: there are more.</source>
        <translation> Das Lesen wurde abgebrochen: es gibt mehr.</translation>
    </message>
    <message>
        <source>1 call.</source>
        <translation>1 Aufruf.</translation>
    </message>
    <message>
        <source>%1 calls.</source>
        <translation>%1 Aufrufe.</translation>
    </message>
    <message>
        <source> %1 of them had not ended when Hookscope did.</source>
        <translation> Davon nicht beendet, als Hookscope endete: %1.</translation>
    </message>
    <message>
        <source> Lines that could not be read and were skipped: %1.</source>
        <translation> Zeilen, die nicht gelesen werden konnten und übersprungen wurden: %1.</translation>
    </message>
    <message>
        <source> Events that could not be stored when they happened: %1.</source>
        <translation> Ereignisse, die nicht gespeichert werden konnten, als sie geschahen: %1.</translation>
    </message>
</context>
<context>
    <name>hookscope::SessionsDialog</name>
    <message>
        <source>Saved Sessions</source>
        <translation>Gespeicherte Sitzungen</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Gespeichert</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>Ö&amp;ffnen</translation>
    </message>
    <message>
        <source>&amp;Delete…</source>
        <translation>&amp;Löschen …</translation>
    </message>
    <message>
        <source>No session was saved yet: File, Save Session As.</source>
        <translation>Noch wurde keine Sitzung gespeichert: Datei, Sitzung speichern unter.</translation>
    </message>
    <message>
        <source>Delete Session</source>
        <translation>Sitzung löschen</translation>
    </message>
    <message>
        <source>Delete the session %1? It cannot be brought back.</source>
        <translation>Die Sitzung %1 löschen? Sie kann nicht zurückgeholt werden.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
</context>
<context>
    <name>hookscope::Settings</name>
    <message>
        <source>needs either &quot;usd&quot; or &quot;tokens&quot;</source>
        <translation>braucht entweder „usd“ oder „tokens“</translation>
    </message>
    <message>
        <source>has a &quot;usd&quot; that is not a number of US dollars above 0 and up to 1000000, with at most six decimals</source>
        <translation>hat ein „usd“, das kein Betrag in US-Dollar über 0 und bis 1000000 mit höchstens sechs Nachkommastellen ist</translation>
    </message>
    <message>
        <source>has a &quot;tokens&quot; that is not a whole number above 0</source>
        <translation>hat ein „tokens“, das keine ganze Zahl über 0 ist</translation>
    </message>
    <message>
        <source>has an unknown &quot;%1&quot;; it can have %2</source>
        <translation>hat ein unbekanntes „%1“; möglich ist %2</translation>
    </message>
    <message>
        <source>needs a &quot;name&quot; of one line</source>
        <translation>braucht einen „name“ aus einer Zeile</translation>
    </message>
    <message>
        <source>needs a &quot;period&quot; that is &quot;day&quot;, &quot;week&quot; or &quot;month&quot;</source>
        <translation>braucht eine „period“, die „day“, „week“ oder „month“ ist</translation>
    </message>
    <message>
        <source>has a &quot;threshold&quot; that is not a whole number of percent from 1 to 100</source>
        <translation>hat einen „threshold“, der keine ganze Prozentzahl von 1 bis 100 ist</translation>
    </message>
    <message>
        <source>has a &quot;filter&quot; that is no text</source>
        <translation>hat einen „filter“, der kein Text ist</translation>
    </message>
    <message>
        <source>needs a &quot;model&quot; such as &quot;gpt-5*&quot;</source>
        <translation>braucht ein „model“ wie „gpt-5*“</translation>
    </message>
    <message>
        <source>has a &quot;provider&quot; that is no text without spaces</source>
        <translation>hat einen „provider“, der kein Text ohne Leerzeichen ist</translation>
    </message>
    <message>
        <source>has a &quot;%1&quot; that is not a number of US dollars from 0 to 1000000 with at most six decimals</source>
        <translation>hat ein „%1“, das kein Betrag in US-Dollar von 0 bis 1000000 mit höchstens sechs Nachkommastellen ist</translation>
    </message>
    <message>
        <source>needs &quot;input&quot; and &quot;output&quot; in US dollars per million tokens</source>
        <translation>braucht „input“ und „output“ in US-Dollar je Million Token</translation>
    </message>
    <message>
        <source>must be a whole number from %1 to %2</source>
        <translation>muss eine ganze Zahl von %1 bis %2 sein</translation>
    </message>
    <message>
        <source>must be true or false</source>
        <translation>muss true oder false sein</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>an empty list</source>
        <translation>eine leere Liste</translation>
    </message>
    <message>
        <source>must be a list of at most %1 objects with &quot;name&quot; and &quot;filter&quot;</source>
        <translation>muss eine Liste von höchstens %1 Objekten mit „name“ und „filter“ sein</translation>
    </message>
    <message>
        <source>%1: %2 %3 %4; it is left out</source>
        <translation>%1: %2 %3 %4; der Eintrag wird ausgelassen</translation>
    </message>
    <message>
        <source>%1 %2; %3 is used instead</source>
        <translation>%1 %2; stattdessen gilt %3</translation>
    </message>
    <message>
        <source>must be a list of prices</source>
        <translation>muss eine Liste von Preisen sein</translation>
    </message>
    <message>
        <source>price</source>
        <translation>Preis</translation>
    </message>
    <message>
        <source>must be a list of budgets</source>
        <translation>muss eine Liste von Budgets sein</translation>
    </message>
    <message>
        <source>budget</source>
        <translation>Budget</translation>
    </message>
    <message>
        <source>has the &quot;name&quot; of one before it</source>
        <translation>hat den „name“ eines Budgets davor</translation>
    </message>
    <message>
        <source>must be a text of one line</source>
        <translation>muss ein Text aus einer Zeile sein</translation>
    </message>
    <message>
        <source>must be a text without spaces</source>
        <translation>muss ein Text ohne Leerzeichen sein</translation>
    </message>
    <message>
        <source>must be a list of at most %1 paths</source>
        <translation>muss eine Liste von höchstens %1 Pfaden sein</translation>
    </message>
    <message>
        <source>must be a list of origins such as &quot;http://localhost:3000&quot;</source>
        <translation>muss eine Liste von Ursprüngen wie „http://localhost:3000“ sein</translation>
    </message>
    <message>
        <source>must be a list of HOST or HOST=DIALECT</source>
        <translation>muss eine Liste von HOST oder HOST=DIALEKT sein</translation>
    </message>
    <message>
        <source>must be &quot;system&quot;, &quot;light&quot;, &quot;dark&quot; or &quot;contrast&quot;</source>
        <translation>muss „system“, „light“, „dark“ oder „contrast“ sein</translation>
    </message>
    <message>
        <source>must be &quot;system&quot;, &quot;en&quot; or &quot;de&quot;</source>
        <translation>muss „system“, „en“ oder „de“ sein</translation>
    </message>
    <message>
        <source>recentHookSets %1; the first %2 are used</source>
        <translation>recentHookSets %1; die ersten %2 gelten</translation>
    </message>
    <message>
        <source>The settings %1 cannot be read: %2. Check the file and its permissions.</source>
        <translation>Die Einstellungen %1 können nicht gelesen werden: %2. Die Datei und ihre Zugriffsrechte prüfen.</translation>
    </message>
    <message>
        <source>not a regular file</source>
        <translation>keine gewöhnliche Datei</translation>
    </message>
    <message>
        <source>it is not an object</source>
        <translation>es ist kein Objekt</translation>
    </message>
    <message>
        <source>%1, at byte %2</source>
        <translation>%1, bei Byte %2</translation>
    </message>
    <message>
        <source>The settings %1 are not JSON (%2). Correct the file or move it away.</source>
        <translation>Die Einstellungen %1 sind kein JSON (%2). Die Datei berichtigen oder wegbewegen.</translation>
    </message>
    <message>
        <source>The folder %1 for the settings cannot be made. Check its permissions.</source>
        <translation>Der Ordner %1 für die Einstellungen kann nicht angelegt werden. Seine Zugriffsrechte prüfen.</translation>
    </message>
    <message>
        <source>The settings could not be saved to %1: %2. The old ones are unchanged.</source>
        <translation>Die Einstellungen konnten nicht in %1 gespeichert werden: %2. Die alten sind unverändert.</translation>
    </message>
    <message>
        <source>%1 must be a list of HOST or *.DOMAIN; an empty list is used instead</source>
        <translation>%1 muss eine Liste aus HOST oder *.DOMAIN sein; stattdessen gilt eine leere Liste</translation>
    </message>
    <message>
        <source>it is no text</source>
        <translation>es ist kein Text</translation>
    </message>
    <message>
        <source>%1: &quot;%2&quot;: %3; it is left out</source>
        <translation>%1: „%2“: %3; es wird ausgelassen</translation>
    </message>
    <message>
        <source>%1 must be a list of texts; what is none is left out</source>
        <translation>%1 muss eine Liste von Texten sein; was keiner ist, wird ausgelassen</translation>
    </message>
    <message>
        <source>A secret is NAME:HOST or NAME:HOST:HEADER; of one, %1.</source>
        <translation>Ein Geheimnis ist NAME:HOST oder NAME:HOST:HEADER; zu einem: %1.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not the NAME:LABEL of a secret.</source>
        <translation>„%1“ ist kein NAME:KENNUNG eines Geheimnisses.</translation>
    </message>
    <message>
        <source>The secret %1 has no sandbox: name those whose requests get it, as %1:LABEL.</source>
        <translation>Das Geheimnis %1 hat keine Sandbox: die nennen, deren Anfragen es bekommen, als %1:KENNUNG.</translation>
    </message>
    <message>
        <source>allowlistOnly must be true or false; true is used instead</source>
        <translation>allowlistOnly muss true oder false sein; stattdessen gilt true</translation>
    </message>
    <message>
        <source>upstreamProxy: %1; none is used</source>
        <translation>upstreamProxy: %1; es wird keiner verwendet</translation>
    </message>
    <message>
        <source>must be a list of HOST, *.DOMAIN or llm</source>
        <translation>muss eine Liste aus HOST, *.DOMAIN oder llm sein</translation>
    </message>
    <message>
        <source>leave out the scheme: write HOST or *.DOMAIN</source>
        <translation>das Schema weglassen: HOST oder *.DOMAIN angeben</translation>
    </message>
    <message>
        <source>leave out the path: write HOST or *.DOMAIN</source>
        <translation>den Pfad weglassen: HOST oder *.DOMAIN angeben</translation>
    </message>
    <message>
        <source>it would be every host: write HOST or *.DOMAIN</source>
        <translation>das wäre jeder Host: HOST oder *.DOMAIN angeben</translation>
    </message>
    <message>
        <source>&apos;*&apos; can only stand as *. before a domain</source>
        <translation>„*“ kann nur als *. vor einer Domain stehen</translation>
    </message>
    <message>
        <source>an address has no subdomains</source>
        <translation>eine Adresse hat keine Subdomains</translation>
    </message>
    <message>
        <source>it starts with a dot: write *.DOMAIN for a domain and all below it</source>
        <translation>es beginnt mit einem Punkt: *.DOMAIN für eine Domain und alles darunter angeben</translation>
    </message>
    <message>
        <source>a part between two dots is empty</source>
        <translation>zwischen zwei Punkten steht nichts</translation>
    </message>
    <message>
        <source>a host holds letters, digits, &apos;-&apos;, &apos;_&apos; and &apos;.&apos; only (write others as xn--...)</source>
        <translation>ein Host besteht aus Buchstaben, Ziffern, „-“, „_“ und „.“ (andere als xn--... angeben)</translation>
    </message>
    <message>
        <source>TLS to the proxy itself is not supported: use http:// (HTTPS to the upstreams passes all the same)</source>
        <translation>TLS zum Proxy selbst wird nicht unterstützt: http:// verwenden (HTTPS zu den Upstreams geht trotzdem hindurch)</translation>
    </message>
    <message>
        <source>a proxy&apos;s URL ends behind the port</source>
        <translation>die URL eines Proxys endet hinter dem Port</translation>
    </message>
    <message>
        <source>the user name holds a colon or a control character</source>
        <translation>der Benutzername enthält einen Doppelpunkt oder ein Steuerzeichen</translation>
    </message>
    <message>
        <source>it is not NAME:HOST[:HEADER]</source>
        <translation>es ist nicht NAME:HOST[:HEADER]</translation>
    </message>
    <message>
        <source>the name may hold letters, digits and &apos;_&apos; only</source>
        <translation>der Name darf nur Buchstaben, Ziffern und „_“ enthalten</translation>
    </message>
    <message>
        <source>a secret goes to one host: leave out the &apos;*.&apos;</source>
        <translation>ein Geheimnis geht an einen Host: das „*.“ weglassen</translation>
    </message>
    <message>
        <source>leave out the port: a secret goes to port 443, or to this machine</source>
        <translation>den Port weglassen: ein Geheimnis geht an Port 443 oder an diesen Rechner</translation>
    </message>
    <message>
        <source>HEADER is not a header&apos;s name</source>
        <translation>HEADER ist kein Name eines Header-Felds</translation>
    </message>
    <message>
        <source>that header belongs to the connection and cannot hold a secret</source>
        <translation>dieses Header-Feld gehört zur Verbindung und kann kein Geheimnis enthalten</translation>
    </message>
    <message>
        <source>it is not NAME:LABEL</source>
        <translation>es ist nicht NAME:KENNUNG</translation>
    </message>
    <message>
        <source>its value has fewer than 8 characters</source>
        <translation>sein Wert hat weniger als 8 Zeichen</translation>
    </message>
    <message>
        <source>its value is a word, and words are not masked</source>
        <translation>sein Wert ist ein Wort, und Wörter werden nicht maskiert</translation>
    </message>
    <message>
        <source>its value has more than 8192 characters</source>
        <translation>sein Wert hat mehr als 8192 Zeichen</translation>
    </message>
    <message>
        <source>its value holds spaces, line ends or characters beyond ASCII</source>
        <translation>sein Wert enthält Leerzeichen, Zeilenenden oder Zeichen außerhalb von ASCII</translation>
    </message>
    <message>
        <source>its value holds quotes, backslashes or angle brackets</source>
        <translation>sein Wert enthält Anführungszeichen, Rückstriche oder spitze Klammern</translation>
    </message>
    <message>
        <source>leave the password out of the URL, where others can read it: put it into the keyring or the environment variable HOOKSCOPE_UPSTREAM_PROXY_PASSWORD</source>
        <translation>das Passwort in der URL weglassen, wo andere es lesen können: es in den Schlüsselbund oder die Umgebungsvariable HOOKSCOPE_UPSTREAM_PROXY_PASSWORD legen</translation>
    </message>
    <message>
        <source>invalid character in the host</source>
        <translation>ungültiges Zeichen im Host</translation>
    </message>
    <message>
        <source>the host is missing</source>
        <translation>der Host fehlt</translation>
    </message>
    <message>
        <source>the port is not a number from 1 to 65535</source>
        <translation>der Port ist keine Zahl von 1 bis 65535</translation>
    </message>
    <message>
        <source>the IPv6 address lacks its &apos;]&apos;</source>
        <translation>der IPv6-Adresse fehlt ihr „]“</translation>
    </message>
    <message>
        <source>invalid IPv6 address</source>
        <translation>ungültige IPv6-Adresse</translation>
    </message>
    <message>
        <source>the URL does not start with http:// or https://</source>
        <translation>die URL beginnt nicht mit http:// oder https://</translation>
    </message>
    <message>
        <source>the scheme is not supported: use http:// or https://</source>
        <translation>das Schema wird nicht unterstützt: http:// oder https:// verwenden</translation>
    </message>
    <message>
        <source>leave the value out, which others can read on a command line: put it into the keyring or an environment variable NAME</source>
        <translation>den Wert weglassen, den andere auf einer Befehlszeile lesen können: ihn in den Schlüsselbund oder eine Umgebungsvariable NAME legen</translation>
    </message>
</context>
<context>
    <name>hookscope::SettingsDialog</name>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Icon in the tra&amp;y, where the desktop has one</source>
        <translation>Symbol im &amp;Benachrichtigungsfeld, wenn es eines gibt</translation>
    </message>
    <message>
        <source>N&amp;otify when a budget is crossed</source>
        <translation>Be&amp;nachrichtigen, wenn ein Budget überschritten wird</translation>
    </message>
    <message>
        <source>Keep the session on &amp;disk</source>
        <translation>&amp;Die Sitzung auf der Festplatte behalten</translation>
    </message>
    <message>
        <source>Keep bodies i&amp;n memory, without credentials</source>
        <translation>Inhalte &amp;im Speicher aufbewahren, ohne Zugangsdaten</translation>
    </message>
    <message>
        <source>&amp;Ask for the usage of streams whose client does not</source>
        <translation>Nach dem &amp;Verbrauch von Streams fragen, deren Client es nicht tut</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>By the desktop; the window says it in any case</source>
        <translation>Durch die Arbeitsumgebung; das Fenster sagt es in jedem Fall</translation>
    </message>
    <message>
        <source> s</source>
        <translation> s</translation>
    </message>
    <message>
        <source> requests</source>
        <translation> Anfragen</translation>
    </message>
    <message>
        <source>Requests that take longer are marked with a clock</source>
        <translation>Anfragen, die länger dauern, sind mit einer Uhr gekennzeichnet</translation>
    </message>
    <message>
        <source>It is shown again at the next start. Unticked, nothing is written, and what is on disk of this session is deleted; sessions that were saved under a name stay</source>
        <translation>Sie wird beim nächsten Start wieder gezeigt. Ohne Häkchen wird nichts geschrieben, und was von dieser Sitzung auf der Festplatte ist, wird gelöscht; unter einem Namen gespeicherte Sitzungen bleiben</translation>
    </message>
    <message>
        <source> MB</source>
        <translation> MB</translation>
    </message>
    <message>
        <source>Beyond it the oldest part is deleted</source>
        <translation>Darüber hinaus wird der älteste Teil gelöscht</translation>
    </message>
    <message>
        <source>To read messages and raw bodies; they are never written to a file, nor sent to hooks</source>
        <translation>Um Nachrichten und rohe Inhalte zu lesen; sie werden nie in eine Datei geschrieben oder an Hooks gesendet</translation>
    </message>
    <message>
        <source> KiB</source>
        <translation> KiB</translation>
    </message>
    <message>
        <source>What a body has beyond it is not kept; takes effect at the next start of Hookscope</source>
        <translation>Was ein Inhalt darüber hinaus hat, wird nicht aufbewahrt; gilt ab dem nächsten Start von Hookscope</translation>
    </message>
    <message>
        <source>$</source>
        <translation>$</translation>
    </message>
    <message>
        <source>Calls that cost more are marked with a triangle</source>
        <translation>Aufrufe, die mehr kosten, sind mit einem Dreieck gekennzeichnet</translation>
    </message>
    <message>
        <source>Beyond it, the oldest requests leave the table</source>
        <translation>Darüber hinaus verlassen die ältesten Anfragen die Tabelle</translation>
    </message>
    <message>
        <source>Beyond it, the details of the oldest requests go, and then their rows</source>
        <translation>Darüber hinaus gehen die Details der ältesten Anfragen und dann ihre Zeilen</translation>
    </message>
    <message>
        <source>An address of this machine; others are only for a start with --allow-remote</source>
        <translation>Eine Adresse dieses Rechners; andere nur nach einem Start mit --allow-remote</translation>
    </message>
    <message>
        <source>any free one</source>
        <translation>ein beliebiger freier</translation>
    </message>
    <message>
        <source>The label of requests that carry none of their own</source>
        <translation>Die Kennung der Anfragen, die keine eigene tragen</translation>
    </message>
    <message>
        <source>Beyond it, new connections are answered with 503</source>
        <translation>Darüber hinaus werden neue Verbindungen mit 503 beantwortet</translation>
    </message>
    <message>
        <source>One HOST or HOST=DIALECT a line: servers whose calls are read as LLM calls. Dialects: %1</source>
        <translation>Ein HOST oder HOST=DIALEKT je Zeile: Server, deren Aufrufe als LLM-Aufrufe gelesen werden. Dialekte: %1</translation>
    </message>
    <message>
        <source>One origin a line: web pages that may send requests through Hookscope. All others are refused</source>
        <translation>Ein Ursprung je Zeile: Webseiten, die Anfragen durch Hookscope senden dürfen. Alle anderen werden abgewiesen</translation>
    </message>
    <message>
        <source>&amp;General</source>
        <translation>&amp;Allgemein</translation>
    </message>
    <message>
        <source>&amp;LLM calls</source>
        <translation>&amp;LLM-Aufrufe</translation>
    </message>
    <message>
        <source>P&amp;rices</source>
        <translation>&amp;Preise</translation>
    </message>
    <message>
        <source>Budge&amp;ts</source>
        <translation>B&amp;udgets</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>&amp;Colours:</source>
        <translation>&amp;Farben:</translation>
    </message>
    <message>
        <source>Lang&amp;uage, from the next start on:</source>
        <translation>&amp;Sprache, ab dem nächsten Start:</translation>
    </message>
    <message>
        <source>Slow a&amp;bove:</source>
        <translation>Lan&amp;gsam über:</translation>
    </message>
    <message>
        <source>At most o&amp;f each body:</source>
        <translation>Höchstens &amp;je Inhalt:</translation>
    </message>
    <message>
        <source>&amp;Expensive above:</source>
        <translation>&amp;Teuer über:</translation>
    </message>
    <message>
        <source>&amp;Keep at most:</source>
        <translation>Hö&amp;chstens behalten:</translation>
    </message>
    <message>
        <source>&amp;Memory for them:</source>
        <translation>Speic&amp;her dafür:</translation>
    </message>
    <message>
        <source>Proxy (takes effect at the next start of Hookscope)</source>
        <translation>Proxy (gilt ab dem nächsten Start von Hookscope)</translation>
    </message>
    <message>
        <source>Listen on &amp;address:</source>
        <translation>Lauschen auf Adr&amp;esse:</translation>
    </message>
    <message>
        <source>&amp;Port:</source>
        <translation>P&amp;ort:</translation>
    </message>
    <message>
        <source>&amp;Sandbox label:</source>
        <translation>Sandbo&amp;x-Kennung:</translation>
    </message>
    <message>
        <source>Most c&amp;lients at once:</source>
        <translation>&amp;Maximal gleichzeitige Clients:</translation>
    </message>
    <message>
        <source>Allowed &amp;web origins:</source>
        <translation>Erlaubte &amp;Web-Ursprünge:</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Sitzung</translation>
    </message>
    <message>
        <source>At mos&amp;t:</source>
        <translation>Plat&amp;z höchstens:</translation>
    </message>
    <message>
        <source>More LLM hosts (takes effect at the next start of Hookscope)</source>
        <translation>Weitere LLM-Hosts (gilt ab dem nächsten Start von Hookscope)</translation>
    </message>
    <message>
        <source>Known providers need nothing here. Name other servers, one a line: HOST, or HOST=DIALECT if it does not speak OpenAI&apos;s. Dialects: %1.</source>
        <translation>Bekannte Anbieter brauchen hier nichts. Andere Server angeben, einen je Zeile: HOST, oder HOST=DIALEKT, wenn er nicht den von OpenAI spricht. Dialekte: %1.</translation>
    </message>
    <message>
        <source>Streams (takes effect at the next start of Hookscope)</source>
        <translation>Streams (gilt ab dem nächsten Start von Hookscope)</translation>
    </message>
    <message>
        <source>OpenAI&apos;s chat streams tell their tokens only if asked. Hookscope then adds stream_options.include_usage to such requests, and takes the extra chunk out of the answer, so that the client does not see it. Otherwise requests pass unaltered.</source>
        <translation>Die Chat-Streams von OpenAI nennen ihre Token nur auf Nachfrage. Hookscope fügt solchen Anfragen dann stream_options.include_usage hinzu und nimmt das zusätzliche Stück aus der Antwort, so dass der Client es nicht sieht. Sonst gehen Anfragen unverändert durch.</translation>
    </message>
    <message>
        <source>Your own prices, in US dollars per million tokens. They come before what a provider states and before the price list; the first that matches counts. They take effect at the next start of Hookscope.</source>
        <translation>Eigene Preise in US-Dollar je Million Token. Sie gehen den Angaben der Anbieter und der Preisliste vor; der erste passende zählt. Sie gelten ab dem nächsten Start von Hookscope.</translation>
    </message>
    <message>
        <source>What LLM calls together may cost or use: all of them, or only those of a filter. You are warned at the share that you choose, when at the present rate the limit would be reached before the period ends, and when it is exceeded; each once a period. Nothing is ever held back. They take effect at once.</source>
        <translation>Was LLM-Aufrufe zusammen kosten oder verbrauchen dürfen: alle oder nur die eines Filters. Gewarnt wird beim gewählten Anteil, wenn bei gleichem Verbrauch das Limit vor dem Ende des Zeitraums erreicht würde, und wenn es überschritten ist; jeweils einmal je Zeitraum. Nie wird etwas aufgehalten. Sie gelten sofort.</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netzwerk</translation>
    </message>
    <message>
        <source>Secrets</source>
        <translation>Geheimnisse</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>Zertifikat</translation>
    </message>
</context>
<context>
    <name>hookscope::ShortcutSheet</name>
    <message>
        <source> or </source>
        <translation> oder </translation>
    </message>
    <message>
        <source>Keyboard Shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Search keys and commands …</source>
        <translation>Tasten und Befehle suchen …</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>What they do</source>
        <translation>Was sie tun</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Wo</translation>
    </message>
</context>
<context>
    <name>hookscope::TailedFile</name>
    <message>
        <source>%1 is not there.</source>
        <translation>%1 gibt es nicht.</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2.</source>
        <translation>%1 kann nicht gelesen werden: %2.</translation>
    </message>
    <message>
        <source>%1 is a folder: name a file.</source>
        <translation>%1 ist ein Ordner: eine Datei angeben.</translation>
    </message>
    <message>
        <source>%1 is a pipe, socket or device: name a regular file.</source>
        <translation>%1 ist eine Pipe, ein Socket oder ein Gerät: eine gewöhnliche Datei angeben.</translation>
    </message>
</context>
<context>
    <name>hookscope::TargetEditor</name>
    <message>
        <source>Webhook</source>
        <translation>Webhook</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Audit log</source>
        <translation>Audit-Log</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programm</translation>
    </message>
    <message>
        <source>Desktop notification</source>
        <translation>Desktop-Benachrichtigung</translation>
    </message>
    <message>
        <source>Collector (OpenTelemetry)</source>
        <translation>Collector (OpenTelemetry)</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>Collector URL</source>
        <translation>Collector-URL</translation>
    </message>
    <message>
        <source>Gets each LLM call as a GenAI span, and metrics, by OTLP over HTTP</source>
        <translation>Bekommt jeden LLM-Aufruf als GenAI-Span und Metriken, per OTLP über HTTP</translation>
    </message>
    <message>
        <source>Written to the standard error of Hookscope, as always.</source>
        <translation>Wird wie immer auf die Standardfehlerausgabe von Hookscope geschrieben.</translation>
    </message>
    <message>
        <source>Shown by the desktop, in one line.</source>
        <translation>Der Desktop zeigt es, in einer Zeile.</translation>
    </message>
    <message>
        <source>Webhook URL</source>
        <translation>Webhook-URL</translation>
    </message>
    <message>
        <source>Each event is sent there as one POST with a JSON body</source>
        <translation>Jedes Ereignis wird als ein POST mit JSON-Inhalt dorthin gesendet</translation>
    </message>
</context>
<context>
    <name>hookscope::TokenBar</name>
    <message>
        <source>Tokens of the call</source>
        <translation>Token des Aufrufs</translation>
    </message>
    <message>
        <source>Uncached</source>
        <translation>Ohne Cache</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>Prompt</translation>
    </message>
    <message>
        <source>Cache read</source>
        <translation>Cache gelesen</translation>
    </message>
    <message>
        <source>Cache write</source>
        <translation>Cache geschrieben</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>Reasoning</source>
        <translation>Reasoning</translation>
    </message>
</context>
<context>
    <name>hookscope::ToldCrossings</name>
    <message>
        <source>What %1 says of the budgets cannot be used (%2), so their warnings may come once more. The next warning writes it anew.</source>
        <translation>Was in %1 über die Budgets steht, ist nicht benutzbar (%2), so dass ihre Warnungen noch einmal kommen können. Die nächste Warnung schreibt es neu.</translation>
    </message>
    <message>
        <source>That a budget&apos;s warning was given could not be noted in %1 (%2): it may come once more after the next start.</source>
        <translation>Dass vor einem Budget gewarnt wurde, konnte nicht in %1 vermerkt werden (%2): die Warnung kann nach dem nächsten Start noch einmal kommen.</translation>
    </message>
</context>
<context>
    <name>hookscope::ToolsPage</name>
    <message>
        <source>Tool</source>
        <translation>Werkzeug</translation>
    </message>
    <message>
        <source>Schema</source>
        <translation>Schema</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <source>Tools offered to the model</source>
        <translation>Dem Modell angebotene Werkzeuge</translation>
    </message>
    <message>
        <source>The request offers no tools.</source>
        <translation>Die Anfrage bietet keine Werkzeuge an.</translation>
    </message>
    <message>
        <source>Tools: %1, with %2 of schemas and descriptions</source>
        <translation>Werkzeuge: %1, mit %2 an Schemata und Beschreibungen</translation>
    </message>
</context>
<context>
    <name>hookscope::TotalsBar</name>
    <message>
        <source>1 answer was seen once more, behind a gateway or as a repeat, and is counted once.</source>
        <translation>1 Antwort wurde ein weiteres Mal gesehen, hinter einem Gateway oder als Wiederholung, und ist einmal gezählt.</translation>
    </message>
    <message>
        <source>%1 times an answer was seen once more, behind a gateway or as a repeat; each is counted once.</source>
        <translation>%1-mal wurde eine Antwort ein weiteres Mal gesehen, hinter einem Gateway oder als Wiederholung; jede ist einmal gezählt.</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Where clients reach Hookscope</source>
        <translation>Wo Clients Hookscope erreichen</translation>
    </message>
    <message>
        <source>The window could not keep up: these events are missing from the table, the totals and the hooks</source>
        <translation>Das Fenster kam nicht nach: diese Ereignisse fehlen in der Tabelle, den Summen und den Hooks</translation>
    </message>
    <message>
        <source>An LLM host answered these calls in a form that Hookscope does not know, so they are in no sum. If the host is your own, name its dialect in the settings, under More LLM hosts, as HOST=DIALECT. The request&apos;s details say what was wrong.</source>
        <translation>Ein LLM-Host beantwortete diese Aufrufe in einer Form, die Hookscope nicht kennt, deshalb sind sie in keiner Summe. Ist es ein eigener Host, seinen Dialekt in den Einstellungen unter Weitere LLM-Hosts als HOST=DIALEKT angeben. Die Details der Anfrage sagen, was nicht stimmte.</translation>
    </message>
    <message>
        <source>Requests that run now</source>
        <translation>Anfragen, die gerade laufen</translation>
    </message>
    <message>
        <source>Requests since the start, or since totals were reset</source>
        <translation>Anfragen seit dem Start oder seit die Summen zurückgesetzt wurden</translation>
    </message>
    <message>
        <source>Requests that failed or were answered with 400 or above</source>
        <translation>Anfragen, die fehlschlugen oder mit 400 oder darüber beantwortet wurden</translation>
    </message>
    <message>
        <source>Cost of the calls that ended since midnight</source>
        <translation>Kosten der Aufrufe, die seit Mitternacht endeten</translation>
    </message>
    <message>
        <source>Requests %1</source>
        <translation>Anfragen %1</translation>
    </message>
    <message>
        <source>✕ Errors %1</source>
        <translation>✕ Fehler %1</translation>
    </message>
    <message>
        <source>Errors %1</source>
        <translation>Fehler %1</translation>
    </message>
    <message>
        <source>In flight %1</source>
        <translation>Laufend %1</translation>
    </message>
    <message>
        <source>⚠ %1 events lost</source>
        <translation>⚠ %1 Ereignisse verloren</translation>
    </message>
    <message>
        <source>⚠ 1 call not understood</source>
        <translation>⚠ 1 Aufruf nicht verstanden</translation>
    </message>
    <message>
        <source>⚠ %1 calls not understood</source>
        <translation>⚠ %1 Aufrufe nicht verstanden</translation>
    </message>
    <message>
        <source>%1 rows, %2</source>
        <translation>%1 Zeilen, %2</translation>
    </message>
    <message>
        <source>What the table holds in memory. At most %1 rows and %2 are kept: beyond it, the details of the oldest requests go, and then their rows. Clear gives all of it back.</source>
        <translation>Was die Tabelle im Speicher hält. Höchstens %1 Zeilen und %2 werden behalten: darüber hinaus gehen die Details der ältesten Anfragen und dann ihre Zeilen. Leeren gibt alles davon zurück.</translation>
    </message>
    <message>
        <source>Tokens in %1</source>
        <translation>Token ein %1</translation>
    </message>
    <message>
        <source>out %1</source>
        <translation>aus %1</translation>
    </message>
    <message>
        <source>Tokens of %1 LLM calls, as their providers reported them.</source>
        <translation>Token von %1 LLM-Aufrufen, wie von ihren Anbietern gemeldet.</translation>
    </message>
    <message>
        <source>Of the input, %1 were read from a cache and %2 written to one.</source>
        <translation>Von der Eingabe wurden %1 aus einem Cache gelesen und %2 in einen geschrieben.</translation>
    </message>
    <message>
        <source>Of the output, %1 were spent on reasoning.</source>
        <translation>Von der Ausgabe entfielen %1 auf das Reasoning.</translation>
    </message>
    <message>
        <source>Cost %1</source>
        <translation>Kosten %1</translation>
    </message>
    <message>
        <source>Cost of %1 LLM calls in US dollars, since the start or since totals were reset: as the provider stated it, or by your own prices or the price list.</source>
        <translation>Kosten von %1 LLM-Aufrufen in US-Dollar, seit dem Start oder seit die Summen zurückgesetzt wurden: wie vom Anbieter angegeben, oder nach eigenen Preisen oder der Preisliste.</translation>
    </message>
    <message>
        <source>Prices that are not in the list can be entered in the settings.</source>
        <translation>Preise, die nicht in der Liste sind, lassen sich in den Einstellungen eingeben.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>today %1</source>
        <translation>heute %1</translation>
    </message>
</context>
<context>
    <name>hookscope::TotalsModel</name>
    <message>
        <source>Of these, %1 were read from a cache and %2 written to one.</source>
        <translation>Davon wurden %1 aus einem Cache gelesen und %2 in einen geschrieben.</translation>
    </message>
    <message>
        <source>Of these, %1 were spent on reasoning.</source>
        <translation>Davon entfielen %1 auf das Reasoning.</translation>
    </message>
    <message>
        <source>Sandbox</source>
        <translation>Sandbox</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>Anbieter</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>Aufrufe</translation>
    </message>
    <message>
        <source>Streamed</source>
        <translation>Gestreamt</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>Ausgabe</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>Gesamt</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>Kosten</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>Zuletzt</translation>
    </message>
</context>
<context>
    <name>hookscope::TotalsTable</name>
    <message>
        <source>Totals by sandbox, provider and model</source>
        <translation>Summen nach Sandbox, Anbieter und Modell</translation>
    </message>
</context>
<context>
    <name>hookscope::TrayIcon</name>
    <message>
        <source>Today %1, %2 LLM calls</source>
        <translation>Heute %1, %2 LLM-Aufrufe</translation>
    </message>
    <message>
        <source>&amp;Show Hookscope</source>
        <translation>Hookscope &amp;zeigen</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>%1, %2 in flight</source>
        <translation>%1, %2 laufend</translation>
    </message>
</context>
<context>
    <name>hookscope::TrustAttempt</name>
    <message>
        <source>it ended without a word, with exit code %1</source>
        <translation>es endete wortlos, mit dem Code %1</translation>
    </message>
    <message>
        <source>it did not come to an end within %1 s</source>
        <translation>es kam innerhalb von %1 s nicht zum Ende</translation>
    </message>
</context>
<context>
    <name>hookscope::TrustCheck</name>
    <message>
        <source>The HTTPS of no host is opened, so that clients need no certificate of Hookscope&apos;s, and are told of none.</source>
        <translation>Von keinem Host wird HTTPS geöffnet, sodass Clients kein Zertifikat von Hookscope brauchen und von keinem erfahren.</translation>
    </message>
    <message>
        <source>There is no CA yet: it is made when the HTTPS of a first host is opened.</source>
        <translation>Es gibt noch keine CA: Sie wird erstellt, sobald das HTTPS eines ersten Hosts geöffnet wird.</translation>
    </message>
    <message>
        <source>The CA permits no host that has a name, so that programs cannot be tried.</source>
        <translation>Die CA erlaubt keinen Host, der einen Namen hat, sodass Programme nicht erprobt werden können.</translation>
    </message>
</context>
<context>
    <name>hookscope::TrustList</name>
    <message>
        <source>accepts the CA</source>
        <translation>akzeptiert die CA</translation>
    </message>
    <message>
        <source>refuses: %1</source>
        <translation>lehnt ab: %1</translation>
    </message>
    <message>
        <source>not installed</source>
        <translation>nicht installiert</translation>
    </message>
    <message>
        <source>not tried: %1</source>
        <translation>nicht erprobt: %1</translation>
    </message>
    <message>
        <source>Trying which programs of this machine accept the CA…</source>
        <translation>Es wird erprobt, welche Programme dieses Rechners die CA akzeptieren…</translation>
    </message>
    <message>
        <source>In the environment of terminals opened here and of hookscope --run:</source>
        <translation>In der Umgebung hier geöffneter Terminals und von hookscope --run:</translation>
    </message>
    <message>
        <source>What refuses has settings of its own that come before the environment, or a file that they name cannot be read. The certificate to trust is %1.</source>
        <translation>Was ablehnt, hat eigene Einstellungen, die der Umgebung vorgehen, oder eine Datei, die sie nennen, ist nicht lesbar. Zu vertrauen ist dem Zertifikat %1.</translation>
    </message>
</context>
<context>
    <name>hookscope::UsageChart</name>
    <message>
        <source>Usage over time</source>
        <translation>Verbrauch im Zeitverlauf</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Andere</translation>
    </message>
    <message>
        <source>ddd d</source>
        <comment>day in a chart</comment>
        <translation>ddd d.</translation>
    </message>
    <message>
        <source>HH:mm</source>
        <translation>HH:mm</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>ddd d, HH:mm</source>
        <translation>ddd d., HH:mm</translation>
    </message>
    <message>
        <source>%1
%2
%3 tokens in %4 calls
%5</source>
        <translation>%1
%2
%3 Token in %4 Aufrufen
%5</translation>
    </message>
</context>
<context>
    <name>hookscope::UsageHeadline</name>
    <message>
        <source>tokens in the last minute</source>
        <translation>Token in der letzten Minute</translation>
    </message>
    <message>
        <source>today</source>
        <translation>heute</translation>
    </message>
    <message>
        <source>of the input from a cache</source>
        <translation>der Eingabe aus einem Cache</translation>
    </message>
    <message>
        <source>of the calls failed</source>
        <translation>der Aufrufe fehlgeschlagen</translation>
    </message>
    <message>
        <source>Input and output of the %1 calls that ended in the last 60 seconds.</source>
        <translation>Eingabe und Ausgabe der %1 Aufrufe, die in den letzten 60 Sekunden endeten.</translation>
    </message>
    <message>
        <source>Cost of the %1 calls that ended since midnight, in US dollars.</source>
        <translation>Kosten der %1 Aufrufe, die seit Mitternacht endeten, in US-Dollar.</translation>
    </message>
    <message>
        <source>In the range shown, %1 of %2 input tokens were read from a cache; calls that did not say are left out.</source>
        <translation>Im gezeigten Zeitraum wurden %1 von %2 Eingabe-Token aus einem Cache gelesen; Aufrufe ohne Angabe sind ausgelassen.</translation>
    </message>
    <message>
        <source>In the range shown, %1 of %2 calls were answered with 400 or above, or failed.</source>
        <translation>Im gezeigten Zeitraum wurden %1 von %2 Aufrufen mit 400 oder darüber beantwortet oder schlugen fehl.</translation>
    </message>
</context>
<context>
    <name>hookscope::UsagePage</name>
    <message>
        <source>&amp;Range</source>
        <translation>&amp;Zeitraum</translation>
    </message>
    <message>
        <source>Last hour</source>
        <translation>Letzte Stunde</translation>
    </message>
    <message>
        <source>Last 24 hours</source>
        <translation>Letzte 24 Stunden</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>Letzte 7 Tage</translation>
    </message>
    <message>
        <source>&amp;Amount</source>
        <translation>&amp;Menge</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>Kosten</translation>
    </message>
    <message>
        <source>&amp;By</source>
        <translation>&amp;Nach</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>Anbieter</translation>
    </message>
    <message>
        <source>Sandbox</source>
        <translation>Sandbox</translation>
    </message>
    <message>
        <source>Usage in the range, the chart&apos;s numbers</source>
        <translation>Verbrauch im Zeitraum, die Zahlen des Diagramms</translation>
    </message>
    <message>
        <source>Time to first token and latency by model</source>
        <translation>Zeit bis zum ersten Token und Latenz nach Modell</translation>
    </message>
    <message>
        <source>Usage by session</source>
        <translation>Verbrauch nach Sitzung</translation>
    </message>
    <message>
        <source>Usage</source>
        <translation>Verbrauch</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>Latenz</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Sitzungen</translation>
    </message>
    <message>
        <source>Time to first token and latency by model, in the range</source>
        <translation>Zeit bis zum ersten Token und Latenz nach Modell, im Zeitraum</translation>
    </message>
    <message>
        <source>Sessions with a call in the range, each as a whole</source>
        <translation>Sitzungen mit einem Aufruf im Zeitraum, jede als Ganzes</translation>
    </message>
    <message>
        <source>%1, %2 by %3: %4 tokens and %5 in %6 calls. The table has the numbers.</source>
        <translation>%1, %2 nach %3: %4 Token und %5 in %6 Aufrufen. Die Tabelle hat die Zahlen.</translation>
    </message>
</context>
<context>
    <name>hookscope::WebhookAttempt</name>
    <message>
        <source>Webhook %1 returned status %2: redirects are not followed, name the new address</source>
        <translation>Webhook %1 gab Status %2 zurück: Weiterleitungen wird nicht gefolgt, die neue Adresse angeben</translation>
    </message>
    <message>
        <source>Webhook %1 returned status %2</source>
        <translation>Webhook %1 gab Status %2 zurück</translation>
    </message>
    <message>
        <source>its certificate is not accepted: %1</source>
        <translation>sein Zertifikat wird nicht anerkannt: %1</translation>
    </message>
    <message>
        <source>no answer within %1 s</source>
        <translation>keine Antwort innerhalb von %1 s</translation>
    </message>
    <message>
        <source>it closed the connection without an answer</source>
        <translation>er schloss die Verbindung ohne Antwort</translation>
    </message>
    <message>
        <source>Webhook delivery to %1 failed: %2</source>
        <translation>Zustellung an den Webhook %1 fehlgeschlagen: %2</translation>
    </message>
    <message>
        <source>A header field of the hook cannot be sent: it holds a line break or another control character</source>
        <translation>Ein Kopffeld des Hooks kann nicht gesendet werden: es enthält einen Zeilenumbruch oder ein anderes Steuerzeichen</translation>
    </message>
    <message>
        <source>its name was not found: %1</source>
        <translation>sein Name wurde nicht gefunden: %1</translation>
    </message>
</context>
<context>
    <name>hookscope::WebhookMessage</name>
    <message>
        <source>there is no value for the secret %1</source>
        <translation>für das Geheimnis %1 gibt es keinen Wert</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Nothing was sent: %1</source>
        <translation>Nichts wurde gesendet: %1</translation>
    </message>
</context>
<context>
    <name>hookscope::WebhookSignature</name>
    <message>
        <source>a signing key must be whsec_ and the base64 of 24 to 64 bytes</source>
        <translation>ein Signaturschlüssel muss whsec_ und das Base64 von 24 bis 64 Byte sein</translation>
    </message>
</context>
<context>
    <name>hookscope::WireLine</name>
    <message>
        <source>&quot;%1&quot; is not %2</source>
        <translation>„%1“ muss %2 sein</translation>
    </message>
    <message>
        <source>a process with name and pid</source>
        <translation>ein Prozess mit Name und Nummer</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>eine Zahl</translation>
    </message>
    <message>
        <source>a list of header fields</source>
        <translation>eine Liste von Kopffeldern</translation>
    </message>
    <message>
        <source>a list of rate limits</source>
        <translation>eine Liste von Ratenlimits</translation>
    </message>
    <message>
        <source>a text</source>
        <translation>ein Text</translation>
    </message>
    <message>
        <source>a whole number</source>
        <translation>eine ganze Zahl</translation>
    </message>
    <message>
        <source>a whole number that is not negative</source>
        <translation>eine ganze Zahl, die nicht negativ ist</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>true oder false</translation>
    </message>
    <message>
        <source>it is empty</source>
        <translation>sie ist leer</translation>
    </message>
    <message>
        <source>it is not UTF-8</source>
        <translation>sie ist kein UTF-8</translation>
    </message>
    <message>
        <source>it is not a JSON object</source>
        <translation>sie ist kein JSON-Objekt</translation>
    </message>
    <message>
        <source>it is not JSON, or cut</source>
        <translation>sie ist kein JSON, oder abgeschnitten</translation>
    </message>
    <message>
        <source>something stands behind the object</source>
        <translation>hinter dem Objekt steht noch etwas</translation>
    </message>
</context>
</TS>
